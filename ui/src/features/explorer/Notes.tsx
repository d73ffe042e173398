/** What happened in the period: alarms and people's notes, as marks on the chart and as a list. */
import { Button, CloseButton, Group, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { addAnnotation, annotationsQuery, deleteAnnotation, type Annotation } from '../../api/annotations';
import { ApiError, get, type Page } from '../../api/client';
import type { OpenAlert } from '../../api/alerts';
import { Dialog } from '../../components/Dialog';
import { Failure } from '../../components/Feedback';
import { Severity } from '../../components/Severity';
import type { Mark } from '../../components/TimeChart';
import { formatTime } from '../../lib/format';
import { explorer as texts } from '../../lib/texts/explorer';
import { values } from '../../lib/texts/values';
import { fromZone, inZone } from '../../lib/zone';
import { penOf } from './search';

interface PastAlert extends OpenAlert {
  resolved_at: string | null;
}

const ALERTS_MAX = 100;
const ROUND_MS = 10_000;

export interface Happenings {
  marks: Mark[];
  alerts: PastAlert[];
  notes: Annotation[];
}

/** Alarms and notes of these pens in the range. */
export function useHappenings(pens: string[], from: number, to: number): Happenings {
  const assets = [...new Set(pens.map((pen) => penOf(pen).asset_id))].sort();
  // rounded, so that a followed chart does not ask with every tick
  const [start, end] = [Math.floor(from / ROUND_MS) * ROUND_MS, Math.ceil(to / ROUND_MS) * ROUND_MS];
  const alerts = useQuery({
    queryKey: ['explorer-alerts', assets, start, end],
    enabled: assets.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const range = { start: new Date(start).toISOString(), end: new Date(end).toISOString(), per_page: ALERTS_MAX };
      const pages = await Promise.all(assets.map((asset_id) => get<Page<PastAlert>>('/v1/alerts', { asset_id, ...range }, signal)));
      return pages.flatMap((page) => page.data);
    },
  });
  const notes = useQuery({ ...annotationsQuery(assets, start, end), placeholderData: keepPreviousData<Annotation[]> });
  const key = pens.join('\n');
  return useMemo(() => {
    const chosen = new Set(pens);
    const shown = (alerts.data ?? []).filter((it) => chosen.has(`${it.asset_id}/${it.tag_name}`) || !it.tag_name);
    const written = (notes.data ?? []).filter((it) => it.tag_name === null || chosen.has(`${it.asset_id}/${it.tag_name}`));
    const marks: Mark[] = [
      ...shown.map((it): Mark => ({
        id: it.id, from: Date.parse(it.triggered_at), to: it.resolved_at ? Date.parse(it.resolved_at) : Date.now(),
        label: it.message || it.rule_name, kind: it.severity,
      })),
      ...written.map((it): Mark => ({
        id: it.id, from: Date.parse(it.start), to: it.end ? Date.parse(it.end) : null,
        label: it.text ? `${it.label}: ${it.text}` : it.label, kind: 'note',
      })),
    ];
    return { marks, alerts: shown, notes: written };
  }, [alerts.data, notes.data, key]);
}

/** The same as a list, for those who cannot see the marks, and to delete notes. */
export function HappeningsList({ alerts, notes, onShow }: Happenings & { onShow: (from: number, to: number) => void }) {
  const client = useQueryClient();
  const remove = async (id: string) => {
    await deleteAnnotation(id);
    await client.invalidateQueries({ queryKey: ['annotations'] });
  };
  if (alerts.length + notes.length === 0) return null;
  const around = (start: string, end: string | null) => {
    const a = Date.parse(start);
    const b = end ? Date.parse(end) : Date.now();
    const pad = Math.max((b - a) * 0.5, 30_000);
    onShow(a - pad, b + pad);
  };
  const times = (start: string, end: string | null) => (
    <Button variant="subtle" size="compact-xs" onClick={() => around(start, end)} className="te-value">
      {formatTime(Date.parse(start))} {texts.until} {end ? formatTime(Date.parse(end)) : texts.open}
    </Button>
  );
  return (
    <Stack className="te-panel" p="sm" gap={4}>
      <Text fw={600} size="sm">{texts.annotations}</Text>
      <Table.ScrollContainer minWidth={460} maxHeight={260} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': texts.annotations } }}>
        <Table fz="sm" verticalSpacing={3}>
          <Table.Tbody>
            {alerts.map((it) => (
              <Table.Tr key={it.id}>
                <Table.Td><Severity level={it.severity} /></Table.Td>
                <Table.Td miw={150} className="te-wrap">{it.message || it.rule_name}</Table.Td>
                <Table.Td>{times(it.triggered_at, it.resolved_at)}</Table.Td>
                <Table.Td />
              </Table.Tr>
            ))}
            {notes.map((it) => (
              <Table.Tr key={it.id}>
                <Table.Td><span aria-hidden="true">⚑</span> {texts.annotation}</Table.Td>
                <Table.Td miw={150} className="te-wrap"><b>{it.label}</b> {it.text}</Table.Td>
                <Table.Td>{times(it.start, it.end)}</Table.Td>
                <Table.Td><CloseButton size="sm" aria-label={texts.deleteNote(it.label)} onClick={() => void remove(it.id)} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

const wall = (ms: number) => `${inZone(ms).day}T${inZone(ms).clock}`;

export function NoteDialog({ pens, from, to, onClose }: { pens: string[]; from: number; to: number; onClose: () => void }) {
  const client = useQueryClient();
  const places = [...new Set(pens.map((pen) => penOf(pen).asset_id))].flatMap((asset) => [
    { value: JSON.stringify([asset, null]), label: `${asset}, ${texts.wholeAsset}` },
    ...pens.filter((pen) => penOf(pen).asset_id === asset).map((pen) => ({ value: JSON.stringify([asset, penOf(pen).tag_name]), label: pen })),
  ]);
  const [place, setPlace] = useState<string | null>(places[0]?.value ?? null);
  const [times, setTimes] = useState({ from: wall(from), to: wall(to) });
  const [label, setLabel] = useState('');
  const [text, setText] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const save = async () => {
    const [asset_id, tag_name] = JSON.parse(place ?? '["",null]') as [string, string | null];
    const iso = (value: string) => new Date(fromZone(value)).toISOString();
    try {
      await addAnnotation({ asset_id, tag_name, start: iso(times.from), end: iso(times.to), label: label.trim(), text: text.trim() });
      await client.invalidateQueries({ queryKey: ['annotations'] });
      onClose();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  return (
    <Dialog title={texts.annotate} onClose={onClose}>
      <Stack component="form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <Select label={`${texts.asset}, ${texts.tag}`} data={places} value={place} onChange={setPlace} allowDeselect={false} />
        <Group grow>
          <TextInput type="datetime-local" step={1} label={texts.from} value={times.from} error={at('start')} onChange={(event) => setTimes({ ...times, from: event.currentTarget.value })} />
          <TextInput type="datetime-local" step={1} label={texts.to} value={times.to} error={at('end')} onChange={(event) => setTimes({ ...times, to: event.currentTarget.value })} />
        </Group>
        <TextInput label={texts.label} description={texts.labelHint} required value={label} error={at('label')} onChange={(event) => setLabel(event.currentTarget.value)} data-autofocus />
        <Textarea label={texts.text} autosize minRows={2} value={text} error={at('text')} onChange={(event) => setText(event.currentTarget.value)} />
        {error && <Failure error={error} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>{values.keep}</Button>
          <Button type="submit" disabled={label.trim() === '' || !place}>{texts.save}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
