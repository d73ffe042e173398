/** Tags over time; a model's score is one with its threshold. */
import { Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLatest } from '../../../api/hooks';
import { curves, type Pen } from '../../../api/telemetry';
import { TimeChart } from '../../../components/TimeChart';
import { formatNumber } from '../../../lib/format';
import { dashboards as texts } from '../../../lib/texts/dashboards';
import type { Options } from '../grid';
import { penOf, useTag, type BodyProps } from './data';

/** Points that arrive are drawn at once; asking again only replaces them by the server's buckets. */
const REFRESH_MS = 60_000;
const POINTS = 400;
const LEGEND_PX = 40;
const SCORE_PX = 34;

interface TrendProps { label: string; pens: Pen[]; options: Options; height: number; span: number | null }

function Chart({ label, pens, options, height, span }: TrendProps) {
  const window_ms = (span ?? options.window_seconds ?? 3600) * 1000;
  const tagOf = useTag();
  const found = useQuery({
    queryKey: ['trend', pens, window_ms],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      return { to, curves: await curves(pens, to - window_ms, to, POINTS, signal) };
    },
    refetchInterval: Math.max(REFRESH_MS, window_ms / POINTS),
    enabled: pens.every((pen) => pen.asset_id !== ''),
    placeholderData: keepPreviousData,
  });
  if (found.isError) return <Text size="sm" role="alert">{found.error.message}</Text>;
  const to = found.data?.to ?? Date.now();
  const isOneAsset = new Set(pens.map((pen) => pen.asset_id)).size === 1;
  const isOneTag = pens.length > 1 && new Set(pens.map((pen) => pen.tag_name)).size === 1;
  // as short as they can be told apart, unless they were given names
  const nameOf = (pen: Pen, i: number) => options.series?.[i]?.label || (isOneAsset ? pen.tag_name : isOneTag ? pen.asset_id : `${pen.asset_id} · ${pen.tag_name}`);
  const traces = (found.data?.curves ?? []).map((curve, i) => ({ ...curve, label: nameOf(curve, i), unit: tagOf(curve)?.unit ?? null }));
  return (
    <TimeChart label={label} traces={traces} from={to - window_ms} to={to} height={Math.max(height - LEGEND_PX, 80)} live
      thresholds={(options.thresholds ?? []).map((limit) => ({ value: limit.value, label: limit.label ?? '', severity: limit.severity as 'warning' }))} />
  );
}

export function Trend({ widget, chosen, height, span }: BodyProps) {
  const { options, title } = widget;
  const pens = (options.series ?? []).map((pen) => penOf(pen, chosen));
  if (pens.length === 0) return <Text size="sm" c="dimmed">{texts.pick}</Text>;
  return <Chart label={title || texts.types.trend} pens={pens} options={options} height={height} span={span} />;
}

export function ModelScore({ widget, chosen, height, span }: BodyProps) {
  const { options, title } = widget;
  const pen = penOf(options, chosen);
  const threshold = options.threshold ?? 0.5;
  const point = useLatest(pen);
  const score = typeof point?.value === 'number' ? point.value : null;
  const isOdd = score !== null && score >= threshold;
  if (!pen.tag_name) return <Text size="sm" c="dimmed">{texts.pick}</Text>;
  return (
    <>
      <Group gap="sm" h={SCORE_PX} wrap="nowrap">
        <Text fz={24} fw={650} className="te-value">{score === null ? '–' : formatNumber(score)}</Text>
        {score !== null && <Text size="sm" fw={isOdd ? 650 : 400} style={isOdd ? { color: 'var(--te-warning)' } : undefined}>{isOdd ? `▲ ${texts.anomaly}` : texts.normal}</Text>}
      </Group>
      <Chart label={title || texts.types.model_score} pens={[pen]} options={{ ...options, thresholds: [{ value: threshold }] }} height={height - SCORE_PX} span={span} />
    </>
  );
}
