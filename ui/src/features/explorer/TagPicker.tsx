/** Every number tag by asset, to search and choose from. */
import { Button, Checkbox, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { explorer as texts } from '../../lib/texts/explorer';
import { PENS_MAX } from './search';

const TAGS_SHOWN = 200;

interface TagPickerProps {
  chosen: string[];
  onChange: (next: string[]) => void;
}

export const TagPicker = memo(function TagPicker({ chosen, onChange }: TagPickerProps) {
  const assets = useQuery(assetsQuery);
  const [text, setText] = useState('');
  const words = useDeferredValue(text).toLowerCase().split(/\s+/).filter(Boolean);
  const every = useMemo(
    () =>
      (assets.data ?? [])
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .flatMap((asset) =>
          asset.tags
            .filter((tag) => tag.kind !== 'text')
            .map((tag) => ({ pen: `${asset.id}/${tag.tag_name}`, name: asset.name, tag, sought: `${asset.id} ${asset.name} ${tag.tag_name}`.toLowerCase() })),
        ),
    [assets.data],
  );
  const found = every.filter(({ sought }) => words.every((word) => sought.includes(word)));
  const toggle = (pen: string) =>
    onChange(chosen.includes(pen) ? chosen.filter((it) => it !== pen) : [...chosen, pen].slice(0, PENS_MAX));
  return (
    <Stack gap="xs">
      <TextInput type="search" aria-label={texts.search} placeholder={texts.search} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {chosen.length > 0 && (
        <Group justify="space-between">
          <Text size="xs" c="dimmed">{chosen.length === PENS_MAX ? texts.tooMany : texts.chosen(chosen.length)}</Text>
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>{texts.clear}</Button>
        </Group>
      )}
      <ScrollArea.Autosize mah="calc(100vh - 240px)" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': texts.tags }}>
        {found.slice(0, TAGS_SHOWN).map(({ pen, name, tag }, i) => (
          <div key={pen}>
            {found[i - 1]?.name !== name && <Text size="xs" fw={650} mt={i === 0 ? 0 : 10} mb={2} c="dimmed" className="te-wrap">{name}</Text>}
            <Checkbox
              size="xs" py={4} checked={chosen.includes(pen)} onChange={() => toggle(pen)} aria-label={pen}
              styles={{ input: { width: 24, height: 24, cursor: 'pointer' }, inner: { width: 24, height: 24 }, icon: { width: 12 }, label: { fontSize: 13, lineHeight: '24px', overflowWrap: 'anywhere' } }}
              label={<>{tag.tag_name} <Text span size="xs" c="dimmed">{tag.unit}</Text></>}
            />
          </div>
        ))}
        {assets.isSuccess && found.length === 0 && <Text size="sm" c="dimmed" className="te-wrap">{texts.noneFound(text)}</Text>}
      </ScrollArea.Autosize>
      {found.length > TAGS_SHOWN && <Text size="xs" c="dimmed">{texts.limited(TAGS_SHOWN, found.length)}</Text>}
    </Stack>
  );
});
