/** Walk through what the device offers, pick tags, name them, see their values. */
import { Button, Group, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { browseDraft, readDraft, type BrowseNode, type Draft } from '../../api/sources';
import { Failure, Waiting } from '../../components/Feedback';
import { formatScalar, type Scalar } from '../../lib/format';
import { sources as texts } from '../../lib/texts/sources';

export interface ChosenTag {
  address: string; asset_id: string; tag_name: string; unit?: string; scale?: number; interval_ms?: number;
  /** As last read, for the eye only. */
  value?: string;
}

interface Props { draft: Draft; chosen: ChosenTag[]; onChange: (tags: ChosenTag[]) => void }

const PREVIEW_MAX = 100;

export function TagChoice({ draft, chosen, onChange }: Props) {
  const [path, setPath] = useState<BrowseNode[]>([]);
  const [search, setSearch] = useState('');
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const node = path.at(-1)?.node ?? null;
  const offered = useQuery({
    queryKey: ['browse', draft, node, search], queryFn: () => browseDraft(draft, node, search), retry: false,
  });
  const add = (address: string, name: string, unit: string | null) => {
    if (chosen.some((tag) => tag.address === address)) return;
    const asset = path.at(-1)?.name ?? draft.name;
    onChange([...chosen, { address, asset_id: asset.slice(0, 200), tag_name: name.slice(0, 200), ...(unit ? { unit } : {}) }]);
  };
  const change = (address: string, part: Partial<ChosenTag>) =>
    onChange(chosen.map((tag) => (tag.address === address ? { ...tag, ...part } : tag)));
  const read = async () => {
    setError(null);
    try {
      const readings = await readDraft(draft, chosen.slice(0, PREVIEW_MAX).map((tag) => tag.address));
      onChange(chosen.map((tag, i) => {
        const reading = readings[i];
        return reading ? { ...tag, value: reading.error ?? formatScalar(reading.value) } : tag;
      }));
    } catch (fault) {
      setError(fault as Error);
    }
  };
  return (
    <Stack>
      <Group align="end">
        <TextInput label={texts.search} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <TextInput label={texts.address} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button variant="default" disabled={!typed.trim()} onClick={() => { add(typed.trim(), typed.trim(), null); setTyped(''); }}>{texts.addAddress}</Button>
      </Group>
      <Group gap="xs">
        <Text fw={600}>{texts.browse}: {path.map((it) => it.name).join(' / ')}</Text>
        {path.length > 0 && <Button size="compact-sm" variant="default" onClick={() => setPath(path.slice(0, -1))}>{texts.up}</Button>}
      </Group>
      {(error ?? offered.error) && <Failure error={(error ?? offered.error) as Error} />}
      {offered.isPending ? <Waiting /> : (
        <div style={{ maxHeight: 260, overflow: 'auto', border: '1px solid var(--te-line)' }} tabIndex={0} role="region" aria-label={texts.browse}>
          <Table>
            <Table.Tbody>
              {(offered.data ?? []).map((it) => (
                <Table.Tr key={it.node}>
                  <Table.Td className="te-wrap">{it.name}</Table.Td>
                  <Table.Td className="te-value">{it.value === null ? '' : formatScalar(typeof it.value === 'object' ? JSON.stringify(it.value) : (it.value as Scalar))} {it.unit}</Table.Td>
                  <Table.Td ta="right">
                    {it.has_children && <Button size="compact-sm" variant="default" aria-label={`${texts.open} ${it.name}`} onClick={() => { setSearch(''); setPath([...path, it]); }}>{texts.open}</Button>}{' '}
                    {it.address !== null && <Button size="compact-sm" variant="default" aria-label={`${texts.addAddress} ${it.name}`}
                      disabled={chosen.some((tag) => tag.address === it.address)} onClick={() => add(it.address ?? '', it.name, it.unit)}>{texts.addAddress}</Button>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Group justify="space-between">
        <Text role="status">{chosen.length === 0 ? texts.noChoice : texts.selected(chosen.length)}</Text>
        {chosen.length > 0 && <Button variant="default" onClick={() => void read()}>{texts.preview}</Button>}
      </Group>
      {chosen.length > 0 && (
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.tags}>
          <Table miw={760}>
            <Table.Thead><Table.Tr>{[texts.asset, texts.tag, texts.unit, texts.scale, texts.interval, texts.value, texts.dropTag].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {chosen.map((tag) => {
                const name = (what: string) => `${what}, ${tag.address}`;
                return (
                  <Table.Tr key={tag.address}>
                    <Table.Td><TextInput aria-label={name(texts.asset)} value={tag.asset_id} onChange={(e) => change(tag.address, { asset_id: e.currentTarget.value })} /></Table.Td>
                    <Table.Td><TextInput aria-label={name(texts.tag)} value={tag.tag_name} onChange={(e) => change(tag.address, { tag_name: e.currentTarget.value })} /></Table.Td>
                    <Table.Td><TextInput aria-label={name(texts.unit)} w={70} value={tag.unit ?? ''} onChange={(e) => change(tag.address, { unit: e.currentTarget.value || undefined })} /></Table.Td>
                    <Table.Td><NumberInput aria-label={name(texts.scale)} w={80} hideControls value={tag.scale ?? ''} onChange={(v) => change(tag.address, { scale: v === '' ? undefined : Number(v) })} /></Table.Td>
                    <Table.Td><NumberInput aria-label={name(texts.interval)} w={90} hideControls value={tag.interval_ms ?? ''} onChange={(v) => change(tag.address, { interval_ms: v === '' ? undefined : Number(v) })} /></Table.Td>
                    <Table.Td className="te-wrap">{tag.value ?? '–'}</Table.Td>
                    <Table.Td><Button size="compact-sm" variant="default" aria-label={name(texts.dropTag)} onClick={() => onChange(chosen.filter((it) => it !== tag))}>✕</Button></Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  );
}
