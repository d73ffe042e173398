/** Where a model watches, how it is doing, and everything that changes that. */
import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { ApiError } from '../../api/client';
import { useNow } from '../../api/hooks';
import {
  backfillsQuery, createScoreRule, deployModel, driftQuery, rollBackModel, startBackfill, undeployModel, type Deployment as Deployed, type Model,
} from '../../api/ml';
import { curves } from '../../api/telemetry';
import { Dialog } from '../../components/Dialog';
import { Failure } from '../../components/Feedback';
import { Stat } from '../../components/Stat';
import { TimeChart } from '../../components/TimeChart';
import { formatAge, formatNumber, formatTime } from '../../lib/format';
import { ml as texts } from '../../lib/texts/ml';
import { values } from '../../lib/texts/values';
import { fromZone, inZone } from '../../lib/zone';
import { JobProgress } from './State';

const HOUR_MS = 3_600_000;
const PENS_SHOWN = 8;
const options = (from: Record<string, string>) => Object.entries(from).map(([value, label]) => ({ value, label }));

export function Deployment({ model, hasOlder }: { model: Model; hasOlder: boolean }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      const back = (await work()) as Model | undefined;
      await client.invalidateQueries({ queryKey: ['models'] });
      if (back && typeof back === 'object' && 'features' in back && back.id !== model.id)
        void navigate({ to: '/models/$modelId' as never, params: { modelId: back.id } as never });
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const it = model.deployment;
  return (
    <Stack>
      {error && <Failure error={error} />}
      <Group justify="space-between" className="te-panel" p="md">
        <div style={{ flex: '1 1 300px' }}>
          <Text fw={650}>{it ? `${texts.deployed}: ${texts.modes[it.mode]}` : texts.notDeployed}</Text>
          <Text size="sm" c="dimmed">{it ? `${texts.outputTag}: ${it.output_tag}` : texts.notDeployedLead}</Text>
        </div>
        <Group gap="xs">
          {it && <Button variant="default" onClick={() => void act(() => undeployModel(model.id))}>{texts.undeploy}</Button>}
          {it && hasOlder && <Button variant="default" onClick={() => void act(() => rollBackModel(model.id))}>{texts.rollback}</Button>}
          <Button onClick={() => setIsAsking(true)} disabled={model.status === 'archived'}>{it ? texts.redeploy : texts.deploy}</Button>
        </Group>
      </Group>
      {it && <Standing it={it} />}
      {it && it.assets.length > 0 && <ScoreTrend it={it} />}
      {it && <Drift model={model} />}
      <Backfills model={model} />
      {isAsking && <DeployDialog model={model} onClose={() => setIsAsking(false)} onDone={() => client.invalidateQueries({ queryKey: ['models'] })} />}
    </Stack>
  );
}

function Standing({ it }: { it: Deployed }) {
  const now = useNow();
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <Stat name={texts.status} value={texts.scoring[it.state] ?? it.state} note={`${texts.since} ${formatTime(Date.parse(it.since))}`} />
        <Stat name={texts.lastScored} value={it.last_scored_at ? values.ago(formatAge((now - Date.parse(it.last_scored_at)) / 1000)) : '–'} />
        <Stat name={texts.rowsScored} value={it.rows_scored.toLocaleString('en')} note={it.warm_up.rows_seen < it.warm_up.rows_needed ? texts.warmUp(it.warm_up.rows_seen, it.warm_up.rows_needed) : undefined} />
        <Stat name={texts.where} value={it.assets.length} note={<span className="te-wrap">{it.assets.slice(0, 6).join(', ')}</span>} />
      </SimpleGrid>
      {it.errors.length > 0 && (
        <Stack className="te-panel" p="md" gap={4} role="alert">
          <Title order={2} size="h5">{texts.problems}</Title>
          {it.errors.map((error, i) => <Text key={i} size="sm" className="te-wrap">▲ {error.asset_id && <b>{error.asset_id}: </b>}{error.message} · {formatTime(Date.parse(error.at))}</Text>)}
        </Stack>
      )}
    </>
  );
}

/** Score, 0.5 is the threshold: from the last hour to now. */
function ScoreTrend({ it }: { it: Deployed }) {
  const to = Math.ceil(useNow() / 5000) * 5000;
  const pens = it.assets.slice(0, PENS_SHOWN).map((asset_id) => ({ asset_id, tag_name: it.output_tag }));
  const found = useQuery({
    queryKey: ['scores', pens, Math.floor(to / 15_000)],
    queryFn: ({ signal }) => curves(pens, to - HOUR_MS, to, 600, signal),
    placeholderData: (before) => before,
  });
  return (
    <div className="te-panel" style={{ padding: 14 }}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">{texts.lastHour}</Title>
        <Button size="xs" variant="default" component={Link} to="/explorer" search={{ pens: pens.map((pen) => `${pen.asset_id}/${pen.tag_name}`) } as never}>{texts.openScores}</Button>
      </Group>
      <TimeChart label={texts.score} traces={(found.data ?? []).map((curve) => ({ ...curve, label: curve.asset_id, unit: null }))} from={to - HOUR_MS} to={to} height={200} live
        thresholds={[{ value: 0.5, label: texts.threshold }]} />
    </div>
  );
}

function Drift({ model }: { model: Model }) {
  const drift = useQuery({ ...driftQuery(model.id), retry: false });
  if (drift.isPending) return null;
  const features = Object.entries(drift.data?.features ?? {}).sort(([, a], [, b]) => b.psi - a.psi);
  return (
    <Stack className="te-panel" p="md" gap="xs">
      <Title order={2} size="h5">{texts.drift}</Title>
      <Text size="sm" c="dimmed">{texts.driftLead}</Text>
      {drift.isError && <Text size="sm">{drift.error.message}</Text>}
      {features.length === 0 && !drift.isError && <Text size="sm">{texts.driftNone}</Text>}
      {features.length > 0 && (
        <Table fz="sm" verticalSpacing={4}>
          <Table.Thead><Table.Tr><Table.Th>{texts.feature}</Table.Th><Table.Th ta="right">PSI</Table.Th><Table.Th>{texts.status}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {features.map(([name, it]) => (
              <Table.Tr key={name}>
                <Table.Td className="te-wrap">{name}</Table.Td>
                <Table.Td ta="right" className="te-value">{formatNumber(it.psi)}</Table.Td>
                <Table.Td fw={it.status === 'drifted' ? 650 : undefined}>{it.status === 'drifted' && '▲ '}{texts.driftStates[it.status]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

const wall = (ms: number) => `${inZone(ms).day}T${inZone(ms).clock}`;

function Backfills({ model }: { model: Model }) {
  const client = useQueryClient();
  const jobs = useQuery({ ...backfillsQuery(model.id), retry: false });
  const [times, setTimes] = useState(() => ({ start: wall(Date.now() - 24 * HOUR_MS), end: wall(Date.now()) }));
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const isReady = times.start !== '' && times.end !== '';
  const start = async () => {
    setError(null);
    try {
      await startBackfill(model.id, new Date(fromZone(times.start)).toISOString(), new Date(fromZone(times.end)).toISOString());
      await client.invalidateQueries({ queryKey: ['models', model.id, 'backfills'] });
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  return (
    <Stack className="te-panel" p="md" gap="xs" component="form" onSubmit={(event) => { event.preventDefault(); void start(); }}>
      <Title order={2} size="h5">{texts.backfill}</Title>
      <Text size="sm" c="dimmed">{texts.backfillLead}</Text>
      <Group align="end" gap="sm">
        <TextInput type="datetime-local" step={1} label={texts.start} value={times.start} error={at('start')} onChange={(event) => setTimes({ ...times, start: event.currentTarget.value })} />
        <TextInput type="datetime-local" step={1} label={texts.end} value={times.end} error={at('end')} onChange={(event) => setTimes({ ...times, end: event.currentTarget.value })} />
        <Button type="submit" variant="default" disabled={!isReady}>{texts.startBackfill}</Button>
      </Group>
      {error && <Failure error={error} />}
      {(jobs.data ?? []).slice(0, 5).map((job) => (
        <Group key={job.id} justify="space-between">
          <Text size="sm" className="te-value">{formatTime(Date.parse(job.start))} – {formatTime(Date.parse(job.end))}</Text>
          <JobProgress job={{ status: job.status, progress: job.progress, message: job.message ?? '' }} />
          {job.error && <Text size="xs" className="te-wrap">{job.error}</Text>}
        </Group>
      ))}
    </Stack>
  );
}

function DeployDialog({ model, onClose, onDone }: { model: Model; onClose: () => void; onDone: () => Promise<unknown> }) {
  const assets = useQuery(assetsQuery);
  const able = (assets.data ?? []).filter((asset) => model.features.every((name) => asset.tags.some((tag) => tag.tag_name === name)));
  const [asset, setAsset] = useState('');
  const [mode, setMode] = useState<'live' | 'shadow'>('live');
  const [maxAge, setMaxAge] = useState(60);
  const [missing, setMissing] = useState<'skip' | 'hold' | 'mean'>('skip');
  const [tag, setTag] = useState(`${model.name}.score`);
  const [hasRule, setHasRule] = useState(model.task === 'anomaly_detection');
  const [severity, setSeverity] = useState('warning');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const deploy = async () => {
    setIsBusy(true);
    try {
      const output_tag = mode === 'shadow' && tag === `${model.name}.score` ? undefined : tag.trim();
      const done = await deployModel(model.id, { mode, max_age_seconds: maxAge, missing, ...(output_tag ? { output_tag } : {}), ...(asset ? { asset_id: asset } : {}) });
      if (hasRule)
        await createScoreRule(texts.ruleName(model.name), done.deployment?.output_tag ?? tag, asset || undefined, severity).catch((problem: Error) =>
          notifications.show({ message: texts.ruleFailed(problem.message), autoClose: false }),
        );
      await onDone();
      notifications.show({ message: texts.deployed });
      onClose();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Dialog title={texts.deployTitle(model.name)} onClose={onClose}>
      <Stack component="form" onSubmit={(event) => { event.preventDefault(); void deploy(); }}>
        <Select label={texts.where} searchable allowDeselect={false} value={asset} error={at('asset_id')} onChange={(value) => setAsset(value ?? '')}
          data={[{ value: '', label: `${texts.everyAsset} (${able.length})` }, ...able.map((it) => ({ value: it.id, label: it.name }))]} />
        <Select label={texts.mode} allowDeselect={false} data={options(texts.modes)} value={mode} onChange={(value) => value && setMode(value as typeof mode)} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput label={texts.maxAge} description={texts.maxAgeHint} inputWrapperOrder={['label', 'input', 'description', 'error']} min={1} max={86_400} value={maxAge} error={at('max_age_seconds')} onChange={(value) => setMaxAge(Number(value))} />
          <Select label={texts.missingPolicy} allowDeselect={false} data={options(texts.policies)} value={missing} error={at('missing')} onChange={(value) => value && setMissing(value as typeof missing)} />
        </SimpleGrid>
        <TextInput label={texts.outputTag} value={tag} error={at('output_tag')} onChange={(event) => setTag(event.currentTarget.value)} />
        {model.task === 'anomaly_detection' && (
          <Group align="end">
            <Checkbox label={texts.alsoRule} description={texts.ruleLead} checked={hasRule} onChange={(event) => setHasRule(event.currentTarget.checked)} flex={1} />
            <Select label={texts.ruleSeverity} w={130} allowDeselect={false} data={['critical', 'warning', 'info']} value={severity} disabled={!hasRule} onChange={(value) => value && setSeverity(value)} />
          </Group>
        )}
        {error && <Failure error={error} />}
        <Group justify="end"><Button variant="default" onClick={onClose}>{texts.cancel}</Button><Button type="submit" loading={isBusy}>{texts.deploy}</Button></Group>
      </Stack>
    </Dialog>
  );
}
