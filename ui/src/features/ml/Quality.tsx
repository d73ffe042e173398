/** How good a model is: sentences, figures beside their floor, curves, and the threshold to move. */
import { Button, Group, NumberInput, SimpleGrid, Slider, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { changeModel, curvesQuery, type Curves, type Model } from '../../api/ml';
import { Failure, Waiting } from '../../components/Feedback';
import { Stat } from '../../components/Stat';
import { TimeChart, type Mark } from '../../components/TimeChart';
import { XYChart } from '../../components/XYChart';
import { formatAge, formatNumber, formatTime } from '../../lib/format';
import { formatShare } from '../../lib/sizes';
import { usualStep, withGaps } from '../../lib/tiles';
import { ml as texts } from '../../lib/texts/ml';
import { f1Of, labelledRuns, outcomeAt, sliderRange } from './thresholds';
import { measured, summary } from './words';

const UNIT: [number, number] = [0, 1];

export function Quality({ model }: { model: Model }) {
  const curves = useQuery(curvesQuery(model.id));
  const [threshold, setThreshold] = useState<number | null>(null);
  const at = threshold ?? model.threshold;
  const judged = model.metrics.judged_on;
  return (
    <Stack>
      <Stack className="te-panel" p="md" gap={4}>
        <Text fw={600} className="te-wrap">{summary(model.task, model.metrics)}</Text>
        {typeof judged === 'string' && <Text size="sm" c="dimmed">{texts.judgedOn(judged)}</Text>}
      </Stack>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing="sm">
        {measured(model.task, model.metrics).map((it) => (
          <Stat key={it.name} name={it.name} value={it.value}
            note={<>{it.meaning}{it.floor !== null && <><br />{texts.floor(it.floor)}{it.isBetter === false && <b><br />▲ {texts.worse}</b>}</>}</>} />
        ))}
      </SimpleGrid>
      {curves.isPending && <Waiting />}
      {curves.isError && <Failure error={curves.error} onRetry={() => void curves.refetch()} />}
      {curves.data && <Plots model={model} curves={curves.data} at={at} onThreshold={setThreshold} isMoved={threshold !== null && threshold !== model.threshold} />}
    </Stack>
  );
}

interface PlotsProps {
  model: Model;
  curves: Curves;
  at: number | null;
  isMoved: boolean;
  onThreshold: (threshold: number | null) => void;
}

function Plots({ model, curves, at, isMoved, onThreshold }: PlotsProps) {
  const { roc, pr, residuals, importance, events } = curves;
  const outcome = at === null ? null : outcomeAt(curves, at);
  const rocLines = useMemo(() => (roc ? [{ y: roc.tpr }, { y: roc.fpr, dashed: true }] : []), [roc]);
  // uPlot wants x ascending; recall falls with the threshold
  const prSorted = useMemo(() => {
    if (!pr) return null;
    const order = pr.recall.map((_, i) => i).sort((a, b) => (pr.recall[a] ?? 0) - (pr.recall[b] ?? 0));
    return { x: order.map((i) => pr.recall[i] ?? 0), lines: [{ y: order.map((i) => pr.precision[i] ?? 0) }] };
  }, [pr]);
  const cloud = useMemo(() => {
    if (!residuals) return null;
    const order = residuals.actual.map((_, i) => i).sort((a, b) => (residuals.actual[a] ?? 0) - (residuals.actual[b] ?? 0));
    const x = order.map((i) => residuals.actual[i] ?? 0);
    return { x, lines: [{ y: order.map((i) => residuals.predicted[i] ?? 0), asPoints: true }, { y: x, dashed: true }] };
  }, [residuals]);
  const isBare = !curves.scores && !roc && !pr && !residuals && !importance;
  return (
    <>
      {isBare && <Text c="dimmed">{texts.noCurves}</Text>}
      {curves.scores && at !== null && <Scores model={model} curves={curves} at={at} isMoved={isMoved} onThreshold={onThreshold} />}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {roc && (
          <Plot title={texts.roc}>
            <XYChart label={texts.roc} xLabel={texts.rocAxes[0]!} yLabel={texts.rocAxes[1]!} x={roc.fpr} lines={rocLines} xRange={UNIT} yRange={UNIT}
              here={outcome?.falseAlarmRate != null && outcome.recall != null ? { x: outcome.falseAlarmRate, y: outcome.recall } : null} />
          </Plot>
        )}
        {prSorted && (
          <Plot title={texts.pr}>
            <XYChart label={texts.pr} xLabel={texts.prAxes[0]!} yLabel={texts.prAxes[1]!} {...prSorted} xRange={UNIT} yRange={UNIT}
              here={outcome?.precision != null && outcome.recall != null ? { x: outcome.recall, y: outcome.precision } : null} />
          </Plot>
        )}
        {cloud && <Plot title={texts.residuals}><XYChart label={texts.residuals} xLabel={texts.actual} yLabel={texts.predicted} {...cloud} /></Plot>}
        {importance && <Plot title={texts.importance}><Shares shares={importance} /></Plot>}
      </SimpleGrid>
      {events && events.length > 0 && <Events events={events} />}
    </>
  );
}

function Plot({ title, children }: { title: string; children: React.ReactNode }) {
  return <div className="te-panel" style={{ padding: 14, minWidth: 0 }}><Title order={2} size="h5" mb="xs">{title}</Title>{children}</div>;
}

/** Shares as bars with their figure, largest first. */
export function Shares({ shares }: { shares: Record<string, number> }) {
  const sorted = Object.entries(shares).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).slice(0, 20);
  const most = Math.max(...sorted.map(([, share]) => Math.abs(share)), 1e-9);
  return (
    <Stack gap={6}>
      {sorted.map(([name, share]) => (
        <div key={name} className="te-share">
          <Text size="sm" className="te-wrap">{name}</Text>
          <div aria-hidden="true"><div style={{ width: `${(Math.abs(share) / most) * 100}%` }} /></div>
          <Text size="sm" className="te-value" ta="right">{formatShare(share)}</Text>
        </div>
      ))}
    </Stack>
  );
}

function Scores({ model, curves, at, isMoved, onThreshold }: Omit<PlotsProps, 'at'> & { at: number }) {
  const client = useQueryClient();
  const [error, setError] = useState<Error | null>(null);
  const scores = curves.scores!;
  const outcome = outcomeAt(curves, at);
  const f1 = f1Of(outcome);
  const [low, high] = useMemo(() => sliderRange(scores.score, model.threshold ?? 0), [scores, model.threshold]);
  const order = useMemo(() => {
    const times = scores.timestamp?.map((it) => Date.parse(it) / 1000) ?? null;
    if (!times) return null;
    // several machines share the time axis: a line needs rising times
    const places = times.map((_, i) => i).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    return { places, times: places.map((i) => times[i] ?? 0) };
  }, [scores]);
  const traces = useMemo(() => {
    if (!order) return null;
    const values = order.places.map((i) => scores.score[i] ?? 0);
    const tile = { t: order.times, avg: values, min: values, max: values, step: usualStep(order.times.filter((t, i) => t !== order.times[i - 1])), askedAt: 0, isPast: true };
    return [{ asset_id: '', tag_name: '', label: texts.score, unit: null, ...withGaps(tile) }];
  }, [order, scores]);
  const marks = useMemo((): Mark[] => {
    if (!order || !scores.label) return [];
    const labels = order.places.map((i) => scores.label?.[i] ?? 0);
    return labelledRuns(labels).map(([a, b], i) => ({ id: String(i), from: (order.times[a] ?? 0) * 1000, to: (order.times[b] ?? 0) * 1000, label: texts.labelled, kind: 'note' }));
  }, [order, scores]);
  const byRow = useMemo(() => {
    const x = scores.score.map((_, i) => i);
    return { x, lines: [{ y: scores.score }, { y: x.map(() => at), dashed: true }] };
  }, [scores, at]);
  const limit = useMemo(() => [{ value: at, label: texts.threshold }], [at]);
  const save = async () => {
    try {
      await changeModel(model.id, { threshold: at });
      await client.invalidateQueries({ queryKey: ['models'] });
      notifications.show({ message: texts.thresholdSaved });
      onThreshold(null);
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const figures: [string, string][] = [
    [texts.metrics.precision[0], outcome.precision === null ? '–' : formatShare(outcome.precision)],
    [texts.metrics.recall[0], outcome.recall === null ? '–' : formatShare(outcome.recall)],
    [texts.metrics.f1[0], f1 === null ? '–' : formatShare(f1)],
    [texts.metrics.false_alarm_rate[0], outcome.falseAlarmRate === null ? '–' : formatShare(outcome.falseAlarmRate)],
    [texts.metrics.alarm_rate[0], outcome.alarmRate === null ? '–' : formatShare(outcome.alarmRate)],
    [texts.alarmsWould, String(outcome.alarms)],
  ];
  const known = curves.pr ? figures : figures.slice(4);
  return (
    <Stack className="te-panel" p="md" gap="sm">
      <Title order={2} size="h5">{order ? texts.scoreOverTime : texts.scoreByRow}</Title>
      {traces && order ? (
        <TimeChart label={texts.scoreOverTime} traces={traces} from={(order.times[0] ?? 0) * 1000} to={Math.max((order.times.at(-1) ?? 0) * 1000, (order.times[0] ?? 0) * 1000 + 1000)}
          height={240} thresholds={limit} fitThresholds marks={marks} legend="none" />
      ) : (
        <XYChart label={texts.scoreByRow} xLabel={texts.row} yLabel={texts.score} {...byRow} />
      )}
      <Group align="end" gap="md">
        <div style={{ flex: '1 1 260px' }}>
          <Text size="sm" fw={500}>{texts.threshold}</Text>
          <Text size="xs" c="dimmed">{texts.thresholdLead}</Text>
          <Slider mt={6} thumbLabel={texts.threshold} min={low} max={high} step={(high - low) / 400} value={at} label={formatNumber} onChange={(value) => onThreshold(Number(value.toPrecision(5)))} />
        </div>
        <NumberInput aria-label={texts.threshold} w={130} value={Number(at.toPrecision(5))} decimalScale={8} step={(high - low) / 100} onChange={(value) => value !== '' && onThreshold(Number(value))} />
        <Button variant="default" disabled={!isMoved} onClick={() => onThreshold(null)}>{texts.resetThreshold}</Button>
        <Button disabled={!isMoved} onClick={() => void save()}>{texts.saveThreshold}</Button>
      </Group>
      <Group gap="xl" role="status">
        {known.map(([name, value]) => <div key={name}><Text size="xs" c="dimmed">{name}</Text><Text fw={650} className="te-value">{value}</Text></div>)}
      </Group>
      {error && <Failure error={error} />}
    </Stack>
  );
}

function Events({ events }: { events: NonNullable<Curves['events']> }) {
  const when = (at: string | number | null) => (at === null ? texts.missed : typeof at === 'number' ? `${texts.row} ${at}` : formatTime(Date.parse(at)));
  return (
    <Stack className="te-panel" p="md" gap="xs">
      <Title order={2} size="h5">{texts.events}</Title>
      <Text size="sm">{texts.eventsLead(events.filter((it) => it.detected_at !== null).length, events.length)}</Text>
      <Table.ScrollContainer minWidth={420} maxHeight={280} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': texts.events } }}>
        <Table fz="sm">
          <Table.Thead><Table.Tr>{[texts.start, texts.end, texts.noticed, texts.lead].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {events.map((it, i) => (
              <Table.Tr key={i} className="te-value">
                <Table.Td>{when(it.start)}</Table.Td><Table.Td>{when(it.end)}</Table.Td>
                <Table.Td fw={it.detected_at === null ? 650 : undefined}>{when(it.detected_at)}</Table.Td>
                <Table.Td>{it.lead_seconds === null ? '–' : formatAge(it.lead_seconds)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
