/** One tag: what is read, how it becomes a value, where it is stored, how often and when. */
import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, isConflict } from '../../api/client';
import { DATA_TYPES, getTag, putTag, type Deadband, type SourceTag, type TagDraft } from '../../api/sources';
import { Conflict } from '../../components/Conflict';
import { Dialog } from '../../components/Dialog';
import { Failure, Waiting } from '../../components/Feedback';
import { sources as texts } from '../../lib/texts/sources';

const maybe = (value: number | string): number | null => (value === '' ? null : Number(value));
const ORDERS = ['big', 'little'];

/** The fields a client writes, of a stored tag. */
export function draftOf(tag: SourceTag): TagDraft {
  const { address, asset_id, tag_name, data_type, length, word_order, byte_order, bit, scale, offset, unit, interval_ms, deadband, enabled } = tag;
  return { address, asset_id, tag_name, data_type, length, word_order, byte_order, bit, scale, offset, unit, interval_ms, deadband, enabled } as TagDraft;
}

/** Addresses may be objects; those are written as JSON. */
const shownAddress = (address: unknown): string => (typeof address === 'string' ? address : JSON.stringify(address));
function readAddress(text: string): unknown {
  if (!text.trim().startsWith('{')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: an address of the protocol that happens to begin like it; the server judges.
    return text;
  }
}

interface EditorProps { sourceId: string; onSaved: () => void; onClose: () => void }

/** The tag is read anew when it is opened, and again when theirs is taken: the list may be some seconds old. */
export function TagEditor({ tag, ...props }: EditorProps & { tag: SourceTag }) {
  const found = useQuery({ queryKey: ['source-tag', props.sourceId, tag.id], queryFn: ({ signal }) => getTag(props.sourceId, tag.id, signal), staleTime: Infinity, gcTime: 0 });
  return (
    <Dialog title={texts.editTag(tag.tag_name)} size="lg" onClose={props.onClose}>
      {found.isPending ? <Waiting /> : found.isError ? <Failure error={found.error} /> : <Form key={found.data.etag} tag={found.data} onTheirs={() => void found.refetch()} {...props} />}
    </Dialog>
  );
}

function Form({ sourceId, tag, onSaved, onClose, onTheirs }: EditorProps & { tag: SourceTag & { etag: string }; onTheirs: () => void }) {
  const [draft, setDraft] = useState(draftOf(tag));
  const [address, setAddress] = useState(shownAddress(tag.address));
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const set = (change: Partial<TagDraft>) => setDraft({ ...draft, ...change });
  const save = async (etag: string | undefined) => {
    try {
      await putTag(sourceId, tag.id, { ...draft, address: readAddress(address) }, etag);
      onSaved();
    } catch (fault) {
      setError(fault as Error);
    }
  };
  return (
    <Stack gap="sm">
      {isConflict(error) && <Conflict what={texts.thisTag} onOverwrite={() => void save(undefined)} onTheirs={onTheirs} />}
      {error && !isConflict(error) && <Failure error={error} />}
      <TextInput label={texts.address} required value={address} error={at('address')} onChange={(event) => setAddress(event.currentTarget.value)} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        <TextInput label={texts.asset} required value={draft.asset_id} error={at('asset_id')} onChange={(event) => set({ asset_id: event.currentTarget.value })} />
        <TextInput label={texts.tag} required value={draft.tag_name} error={at('tag_name')} onChange={(event) => set({ tag_name: event.currentTarget.value })} />
        <NumberInput label={texts.scale} hideControls value={draft.scale ?? ''} error={at('scale')} onChange={(value) => set({ scale: maybe(value) })} />
        <NumberInput label={texts.offset} hideControls value={draft.offset ?? ''} error={at('offset')} onChange={(value) => set({ offset: maybe(value) })} />
        <TextInput label={texts.unit} value={draft.unit ?? ''} error={at('unit')} onChange={(event) => set({ unit: event.currentTarget.value || null })} />
        <NumberInput label={texts.interval} min={100} value={draft.interval_ms ?? ''} error={at('interval_ms')} onChange={(value) => set({ interval_ms: maybe(value) })} />
        <Select label={texts.deadband} allowDeselect={false} data={Object.entries(texts.deadbands).map(([value, label]) => ({ value, label }))} value={draft.deadband?.type ?? ''}
          onChange={(type) => set({ deadband: type ? { type: type as Deadband['type'], value: draft.deadband?.value ?? 0 } : null })} />
        {draft.deadband && <NumberInput label={texts.deadbandValue} min={0} value={draft.deadband.value} error={at('deadband.value')} onChange={(value) => draft.deadband && set({ deadband: { ...draft.deadband, value: Number(value) || 0 } })} />}
        <Select label={texts.dataType} placeholder={texts.asDevice} clearable clearButtonProps={{ 'aria-label': texts.clear }} data={DATA_TYPES} value={draft.data_type ?? null} error={at('data_type')} onChange={(data_type) => set({ data_type })} />
        <Select label={texts.wordOrder} allowDeselect={false} data={ORDERS} value={draft.word_order ?? 'big'} onChange={(value) => value && set({ word_order: value })} />
        <Select label={texts.byteOrder} allowDeselect={false} data={ORDERS} value={draft.byte_order ?? 'big'} onChange={(value) => value && set({ byte_order: value })} />
        <NumberInput label={texts.bit} min={0} max={63} value={draft.bit ?? ''} error={at('bit')} onChange={(value) => set({ bit: maybe(value) })} />
        {draft.data_type === 'string' && <NumberInput label={texts.length} min={1} value={draft.length ?? ''} error={at('length')} onChange={(value) => set({ length: maybe(value) })} />}
      </SimpleGrid>
      <Switch label={texts.enabled} checked={draft.enabled !== false} onChange={(event) => set({ enabled: event.currentTarget.checked })} />
      <Group justify="flex-end"><Button variant="default" onClick={onClose}>{texts.cancel}</Button><Button onClick={() => void save(tag.etag)}>{texts.saveChanges}</Button></Group>
    </Stack>
  );
}
