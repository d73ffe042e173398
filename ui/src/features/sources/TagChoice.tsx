/** Pick tags from what the device offers, name them, and see their values as they are now. */
import { ActionIcon, Button, Group, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readDraft, type BrowseNode, type Draft, type TagDraft } from '../../api/sources';
import type { Fault } from '../../api/client';
import { Failure } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { formatScalar } from '../../lib/format';
import { sources as texts } from '../../lib/texts/sources';
import { Tree } from './Tree';

export interface ChosenTag extends TagDraft { address: string }

interface Props { draft: Draft; chosen: ChosenTag[]; faults?: Fault[]; onChange: (tags: ChosenTag[]) => void }

const PREVIEW_MAX = 100;
const PREVIEW_MS = 3000;
const NAME_MAX = 200;

export function TagChoice({ draft, chosen, faults = [], onChange }: Props) {
  const [words, setWords] = useState('');
  const [search] = useDebouncedValue(words, 300);
  const [typed, setTyped] = useState('');
  const [asset, setAsset] = useState('');
  const [interval, setInterval] = useState<number | string>('');
  const addresses = chosen.slice(0, PREVIEW_MAX).map((tag) => tag.address);
  const readings = useQuery({
    queryKey: ['preview', draft, addresses], enabled: addresses.length > 0, refetchInterval: PREVIEW_MS, retry: false, placeholderData: keepPreviousData,
    queryFn: () => readDraft(draft, addresses),
  });
  const now = new Map((readings.data ?? []).map((reading, i) => [addresses[i] ?? reading.address, reading]));
  const tagOf = (node: BrowseNode, parents: string[]): ChosenTag => ({
    address: node.address ?? '', asset_id: (parents.at(-1) ?? draft.name).slice(0, NAME_MAX), tag_name: node.name.slice(0, NAME_MAX), ...(node.unit ? { unit: node.unit } : {}),
  });
  const pick = (nodes: { node: BrowseNode; parents: string[] }[], isPicked: boolean) => {
    const wanted = new Set(nodes.map(({ node }) => node.address));
    if (!isPicked) onChange(chosen.filter((tag) => !wanted.has(tag.address)));
    else onChange([...chosen, ...nodes.filter(({ node }) => !chosen.some((tag) => tag.address === node.address)).map(({ node, parents }) => tagOf(node, parents))]);
  };
  const change = (address: string, part: Partial<ChosenTag>) => onChange(chosen.map((tag) => (tag.address === address ? { ...tag, ...part } : tag)));
  const addTyped = () => {
    const address = typed.trim();
    if (!chosen.some((tag) => tag.address === address)) onChange([...chosen, { address, asset_id: draft.name.slice(0, NAME_MAX), tag_name: address.slice(0, NAME_MAX) }]);
    setTyped('');
  };
  const forAll = () => onChange(chosen.map((tag) => ({ ...tag, ...(asset.trim() ? { asset_id: asset.trim() } : {}), ...(interval === '' ? {} : { interval_ms: Number(interval) }) })));
  const faultOf = (index: number, field: string) => faults.find((fault) => fault.field === `tags[${index}].${field}`)?.message;
  return (
    <div className="te-tag-choice">
      <Stack gap="xs">
        <TextInput label={texts.search} value={words} onChange={(event) => setWords(event.currentTarget.value)} leftSection={<Icon name="search" size={14} />} />
        <Tree key={search} draft={draft} search={search} picked={new Set(chosen.map((tag) => tag.address))} onPick={pick} />
        <Group gap="xs" align="flex-end">
          <TextInput style={{ flex: 1 }} label={texts.addressHint} aria-label={texts.address} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter' && typed.trim()) { event.preventDefault(); addTyped(); } }} />
          <Button variant="default" disabled={!typed.trim()} onClick={addTyped}>{texts.addAddress}</Button>
        </Group>
      </Stack>
      <Stack gap="xs" style={{ minWidth: 0 }}>
        <Text fw={600} role="status">{chosen.length === 0 ? texts.noChoice : texts.selected(chosen.length)}</Text>
        {readings.isError && <Failure error={readings.error} />}
        {chosen.length > 1 && (
          <Group gap="xs" align="flex-end" role="group" aria-label={texts.forAll}>
            <TextInput size="xs" w={160} label={texts.setAsset} value={asset} onChange={(event) => setAsset(event.currentTarget.value)} />
            <NumberInput size="xs" w={130} hideControls label={texts.setInterval} min={100} value={interval} onChange={setInterval} />
            <Button size="xs" variant="default" onClick={forAll}>{texts.apply}</Button>
          </Group>
        )}
        {chosen.length > 0 && (
          <div className="te-panel" style={{ overflow: 'auto', maxHeight: 420 }} tabIndex={0} role="region" aria-label={texts.tags}>
            <Table miw={680} verticalSpacing={4} horizontalSpacing={6}>
              <Table.Thead><Table.Tr>{[texts.value, texts.asset, texts.tag, texts.unit, texts.scale, texts.interval].map((head) => <Table.Th key={head}>{head}</Table.Th>)}<Table.Th><span className="te-hidden">{texts.dropTag}</span></Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {chosen.map((tag, index) => {
                  const name = (what: string) => `${what}, ${tag.address}`;
                  const reading = now.get(tag.address);
                  return (
                    <Table.Tr key={tag.address}>
                      <Table.Td maw={170} className="te-wrap" title={tag.address}>
                        <Text size="sm" fw={600} className="te-value">{reading ? (reading.error ?? formatScalar(reading.value)) : '–'} {tag.unit}</Text>
                        <Text size="xs" c="dimmed" truncate>{faultOf(index, 'address') ?? tag.address}</Text>
                      </Table.Td>
                      <Table.Td><TextInput size="xs" aria-label={name(texts.asset)} value={tag.asset_id} error={faultOf(index, 'asset_id')} onChange={(e) => change(tag.address, { asset_id: e.currentTarget.value })} /></Table.Td>
                      <Table.Td><TextInput size="xs" aria-label={name(texts.tag)} value={tag.tag_name} error={faultOf(index, 'tag_name')} onChange={(e) => change(tag.address, { tag_name: e.currentTarget.value })} /></Table.Td>
                      <Table.Td><TextInput size="xs" w={70} aria-label={name(texts.unit)} value={tag.unit ?? ''} onChange={(e) => change(tag.address, { unit: e.currentTarget.value || null })} /></Table.Td>
                      <Table.Td><NumberInput size="xs" w={70} aria-label={name(texts.scale)} hideControls value={tag.scale ?? ''} error={faultOf(index, 'scale')} onChange={(v) => change(tag.address, { scale: v === '' ? null : Number(v) })} /></Table.Td>
                      <Table.Td><NumberInput size="xs" w={80} aria-label={name(texts.interval)} hideControls value={tag.interval_ms ?? ''} error={faultOf(index, 'interval_ms')} onChange={(v) => change(tag.address, { interval_ms: v === '' ? null : Number(v) })} /></Table.Td>
                      <Table.Td><ActionIcon variant="subtle" color="gray" aria-label={name(texts.dropTag)} onClick={() => onChange(chosen.filter((it) => it !== tag))}><Icon name="close" size={14} /></ActionIcon></Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Stack>
    </div>
  );
}
