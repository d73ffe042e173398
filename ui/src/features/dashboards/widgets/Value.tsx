/** One number: large with its last hour, or on a bar with its normal range. */
import { Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLatest } from '../../../api/hooks';
import { curves, type Curve, type Pen } from '../../../api/telemetry';
import { Severity } from '../../../components/Severity';
import { QualityAndAge } from '../../../components/Value';
import { formatNumber, formatScalar } from '../../../lib/format';
import { dashboards as texts } from '../../../lib/texts/dashboards';
import { penOf, useAlarmOf, useLimits, useTag, type BodyProps } from './data';

const HOUR_MS = 3_600_000;
const POINTS = 90;
const REFRESH_MS = 20_000;
const LARGE_PX = 120;
const SPARK_LEAST_PX = 62;

const shown = (value: number, decimals: number | null | undefined): string => (decimals == null ? formatNumber(value) : value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));

function Number_({ pen, decimals, size }: { pen: Pen; decimals: number | null | undefined; size: number }) {
  const point = useLatest(pen);
  const unit = useTag()(pen)?.unit ?? '';
  const alarm = useAlarmOf(pen);
  const isDoubtful = point !== undefined && point.quality !== 'good';
  return (
    <Group gap={8} wrap="nowrap" align="baseline">
      <Text span fz={size} fw={650} lh={1.15} className={isDoubtful ? 'te-value te-doubtful' : 'te-value'} style={alarm ? { color: `var(--te-${alarm.severity})` } : undefined}>
        {typeof point?.value === 'number' ? shown(point.value, decimals) : formatScalar(point?.value)}{isDoubtful && ' ?'}
      </Text>
      <Text span size="sm" c="dimmed">{unit}</Text>
      {alarm && <Severity level={alarm.severity} withWord={false} />}
    </Group>
  );
}

export function Value({ widget, chosen, height }: BodyProps) {
  const { options } = widget;
  const pen = penOf(options, chosen);
  const isNumber = !['text', 'bool'].includes(useTag()(pen)?.kind ?? '');
  if (!pen.tag_name) return <Text size="sm" c="dimmed">{texts.pick}</Text>;
  const hasSpark = options.sparkline !== false && isNumber && height >= SPARK_LEAST_PX;
  return (
    <Stack gap={2} h="100%" justify="space-between">
      <div>
        <Number_ pen={pen} decimals={options.decimals} size={height > LARGE_PX ? 34 : 26} />
        <Text size="xs" c="dimmed"><QualityAndAge pen={pen} /></Text>
      </div>
      {hasSpark && <Spark pen={pen} height={Math.max(height - (height > LARGE_PX ? 66 : 50), 14)} />}
    </Stack>
  );
}

function Spark({ pen, height }: { pen: Pen; height: number }) {
  const limits = useLimits(pen);
  const found = useQuery({
    queryKey: ['spark', pen],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      return { to, curve: (await curves([pen], to - HOUR_MS, to, POINTS, signal))[0] };
    },
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const curve = found.data?.curve;
  if (!found.data || !curve || curve.t.length < 2) return null;
  return <SparkLine curve={curve} from={found.data.to - HOUR_MS} to={found.data.to} limits={limits} height={height} />;
}

/** The last hour as a line; limits that lie near it are drawn, far ones would only flatten it. */
export function SparkLine({ curve, from, to, limits, height }: { curve: Curve; from: number; to: number; limits: number[]; height: number }) {
  const values = curve.avg.filter((value) => value !== null);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const reach = most - least || Math.abs(most) * 0.1 || 1;
  const near = limits.filter((limit) => limit > least - reach && limit < most + reach);
  const [low, high] = [Math.min(least, ...near), Math.max(most, ...near)];
  const y = (value: number) => 94 - ((value - low) / (high - low || 1)) * 88;
  const x = (t: number) => ((t * 1000 - from) / (to - from)) * 100;
  let isDown = false;
  const path = curve.t.map((t, i) => {
    const value = curve.avg[i];
    const step = value == null ? '' : `${isDown ? 'L' : 'M'}${x(t).toFixed(2)} ${y(value).toFixed(2)}`;
    isDown = value != null;
    return step;
  }).join('');
  return (
    <svg width="100%" height={height} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {near.map((limit) => <line key={limit} x1="0" x2="100" y1={y(limit)} y2={y(limit)} stroke="var(--te-muted)" strokeWidth="1" strokeDasharray="4 3" vectorEffect="non-scaling-stroke" />)}
      <path d={path} fill="none" stroke="var(--te-muted)" strokeWidth="1.6" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

export function Gauge({ widget, chosen }: BodyProps) {
  const { options } = widget;
  const pen = penOf(options, chosen);
  const point = useLatest(pen);
  const alarm = useAlarmOf(pen);
  const limits = useLimits(pen);
  if (!pen.tag_name) return <Text size="sm" c="dimmed">{texts.pick}</Text>;
  const low = options.min ?? 0;
  const high = options.max ?? 100;
  const share = (value: number) => Math.min(Math.max((value - low) / (high - low), 0), 1) * 100;
  const value = typeof point?.value === 'number' ? point.value : null;
  const from = share(options.normal_min ?? low);
  const until = share(options.normal_max ?? high);
  const ink = alarm ? `var(--te-${alarm.severity})` : 'var(--te-muted)';
  return (
    <Stack gap={6} justify="center" h="100%">
      <Number_ pen={pen} decimals={options.decimals} size={26} />
      <svg width="100%" height="30" aria-hidden="true">
        <rect y="8" width="100%" height="14" rx="3" fill="var(--te-line)" opacity="0.55" />
        <rect x={`${from}%`} width={`${until - from}%`} y="8" height="14" fill="var(--te-muted)" opacity="0.22" />
        {value !== null && <rect y="11" width={`${share(value)}%`} height="8" rx="2" fill={ink} />}
        {limits.filter((limit) => limit > low && limit < high).map((limit) => <line key={limit} x1={`${share(limit)}%`} x2={`${share(limit)}%`} y1="4" y2="26" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2" />)}
        {value !== null && <rect x={`calc(${share(value)}% - 2px)`} y="3" width="4" height="24" rx="1" fill="currentColor" />}
      </svg>
      <Group justify="space-between"><Text size="xs" c="dimmed" className="te-value">{formatNumber(low)}</Text><Text size="xs" c="dimmed"><QualityAndAge pen={pen} /></Text><Text size="xs" c="dimmed" className="te-value">{formatNumber(high)}</Text></Group>
    </Stack>
  );
}
