/** A dataset from a file or from what the plant has recorded. */
import { Button, Group, MultiSelect, NumberInput, Select, SimpleGrid, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { ApiError } from '../../api/client';
import { createDataset, type TelemetryQuery } from '../../api/ml';
import { Failure } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { ml as texts } from '../../lib/texts/ml';
import { fromZone, inZone } from '../../lib/zone';
import { Upload } from './Upload';

const PERIODS = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const;
const UNITS = { s: 1, m: 60, h: 3600 } as const;
const wall = (ms: number) => `${inZone(ms).day}T${inZone(ms).clock}`;
const options = (from: Record<string, string>) => Object.entries(from).map(([value, label]) => ({ value, label }));

export function NewDataset() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = async (id: string) => {
    await client.invalidateQueries({ queryKey: ['datasets'] });
    void navigate({ to: '/models/datasets/$datasetId' as never, params: { datasetId: id } as never });
  };
  return (
    <Page title={texts.newDataset}>
      <Tabs defaultValue="telemetry" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="telemetry">{texts.fromTelemetry}</Tabs.Tab>
          <Tabs.Tab value="file">{texts.fromFile}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="telemetry"><FromTelemetry onDone={open} /></Tabs.Panel>
        <Tabs.Panel value="file">
          <div className="te-panel" style={{ padding: 16 }}>
            <Upload target={async (file) => (await createDataset(file.name.replace(/\.[^.]+$/, '') || file.name)).id} onDone={(it) => void open(it.id)} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function FromTelemetry({ onDone }: { onDone: (id: string) => Promise<void> }) {
  const assets = useQuery(assetsQuery);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [tags, setTags] = useState<string[]>([]);
  const [times, setTimes] = useState(() => ({ start: wall(Date.now() - 3_600_000), end: wall(Date.now()) }));
  const [every, setEvery] = useState<{ count: number; unit: keyof typeof UNITS }>({ count: 10, unit: 's' });
  const [fill, setFill] = useState<TelemetryQuery['fill']>('forward');
  const [quality, setQuality] = useState<'good' | 'all'>('good');
  const [labels, setLabels] = useState<'none' | 'alerts' | 'annotations'>('none');
  const [label, setLabel] = useState('');
  const [severity, setSeverity] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const found = (assets.data ?? []).filter((asset) => chosen.includes(asset.id));
  // only tags that every chosen asset has make whole rows
  const shared = [...new Set(found.flatMap((asset) => asset.tags.filter((tag) => tag.kind !== 'text').map((tag) => tag.tag_name)))]
    .filter((tag) => found.every((asset) => asset.tags.some((it) => it.tag_name === tag)));
  const [start, end] = [times.start, times.end].map((it) => (it === '' ? NaN : fromZone(it))) as [number, number];
  const rows = Math.max(0, Math.floor((end - start) / 1000 / (every.count * UNITS[every.unit])));
  const isReady = name.trim() !== '' && chosen.length > 0 && end > start && every.count > 0;
  const setPeriod = (seconds: number) => setTimes({ start: wall(Date.now() - seconds * 1000), end: wall(Date.now()) });
  const build = async () => {
    setIsBusy(true);
    try {
      const wanted = labels === 'alerts' ? { from: labels, ...(severity ? { severity } : {}) } : labels === 'annotations' ? { from: labels, ...(label.trim() ? { label: label.trim() } : {}) } : null;
      const made = await createDataset(name.trim(), {
        asset_ids: chosen, tags: tags.filter((tag) => shared.includes(tag)), start: new Date(start).toISOString(), end: new Date(end).toISOString(),
        interval: `${every.count}${every.unit}`, fill, quality, ...(wanted ? { labels: wanted } : {}),
      });
      await onDone(made.id);
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Stack className="te-panel" p="md" component="form" onSubmit={(event) => { event.preventDefault(); void build(); }}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={texts.datasetName} required value={name} error={at('name')} onChange={(event) => setName(event.currentTarget.value)} />
        <MultiSelect label={texts.assets} required searchable data={(assets.data ?? []).map((it) => ({ value: it.id, label: it.name }))} value={chosen}
          error={at('telemetry.asset_ids')} onChange={(next) => { setChosen(next); if (name === '' && next[0]) setName(assets.data?.find((it) => it.id === next[0])?.name ?? ''); }} />
        <MultiSelect label={texts.tags} searchable clearable clearButtonProps={{ 'aria-label': texts.tags }} placeholder={tags.length === 0 ? texts.allTags : ''} data={shared} value={tags.filter((tag) => shared.includes(tag))}
          error={at('telemetry.tags')} onChange={setTags} disabled={chosen.length === 0} />
        <Group grow align="end" wrap="nowrap">
          <NumberInput label={texts.interval} min={1} max={10_000} allowDecimal={false} value={every.count} error={at('telemetry.interval')} onChange={(value) => setEvery({ ...every, count: Number(value) })} />
          <Select aria-label={texts.interval} allowDeselect={false} data={Object.keys(UNITS)} value={every.unit} onChange={(unit) => unit && setEvery({ ...every, unit: unit as keyof typeof UNITS })} />
        </Group>
        <TextInput type="datetime-local" step={1} label={texts.start} value={times.start} error={at('telemetry.start')} onChange={(event) => setTimes({ ...times, start: event.currentTarget.value })} />
        <TextInput type="datetime-local" step={1} label={texts.end} value={times.end} error={at('telemetry.end')} onChange={(event) => setTimes({ ...times, end: event.currentTarget.value })} />
      </SimpleGrid>
      <Group gap="xs">
        {(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map((key) => <Button key={key} size="xs" variant="default" onClick={() => setPeriod(PERIODS[key])}>{texts.periods[key]}</Button>)}
        <Text size="sm" c="dimmed">{texts.estimated(rows)}</Text>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select label={texts.fill} allowDeselect={false} data={options(texts.fills)} value={fill} onChange={(value) => value && setFill(value as typeof fill)} />
        <Select label={texts.qualityOf} allowDeselect={false} data={options(texts.qualities)} value={quality} onChange={(value) => value && setQuality(value as typeof quality)} />
        <Select label={texts.labels} allowDeselect={false} data={options(texts.labelFrom)} value={labels} onChange={(value) => value && setLabels(value as typeof labels)} />
        {labels === 'annotations' && <TextInput label={texts.labelName} description={texts.labelNameHint} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />}
        {labels === 'alerts' && <Select label={texts.severity} allowDeselect={false} data={[{ value: '', label: texts.anySeverity }, 'critical', 'warning', 'info']} value={severity} onChange={(value) => setSeverity(value ?? '')} />}
      </SimpleGrid>
      {error && <Failure error={error} />}
      <Group justify="end"><Button type="submit" loading={isBusy} disabled={!isReady}>{texts.build}</Button></Group>
    </Stack>
  );
}
