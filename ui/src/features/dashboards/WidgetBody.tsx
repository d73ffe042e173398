/** What each kind of widget shows, live. */
import { Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { activeAlertsQuery } from '../../api/alerts';
import { assetsQuery } from '../../api/assets';
import { useLatest, useNow } from '../../api/hooks';
import { curves, type Pen } from '../../api/telemetry';
import { Severity } from '../../components/Severity';
import { TimeChart } from '../../components/TimeChart';
import { LiveValue, QualityAndAge } from '../../components/Value';
import { dashboards as texts } from '../../lib/texts/dashboards';
import { assetOf, type Options, type Widget } from './grid';

interface BodyProps {
  widget: Widget;
  chosen: Record<string, string>;
  height: number;
}

const REFRESH_MS = 2000;
const POINTS = 400;

function penOf(options: Options, chosen: Record<string, string>): Pen {
  return { asset_id: assetOf(options.asset_id ?? '', chosen), tag_name: options.tag_name ?? '' };
}

export function WidgetBody({ widget, chosen, height }: BodyProps) {
  const { options, title } = widget;
  switch (widget.type) {
    case 'trend':
    case 'state_timeline':
      return (
        <Trend
          label={title || texts.types[widget.type]}
          pens={(options.series ?? []).map((pen) => penOf(pen as unknown as Options, chosen))}
          options={options}
          height={height}
        />
      );
    case 'model_score':
      return (
        <Trend
          label={title || texts.types.model_score}
          pens={[penOf(options, chosen)]}
          options={{ ...options, thresholds: [{ value: options.threshold ?? 0.5 }] }}
          height={height}
        />
      );
    case 'value':
      return <BigValue pen={penOf(options, chosen)} />;
    case 'gauge':
      return <Gauge pen={penOf(options, chosen)} options={options} />;
    case 'table':
      return <Tags asset={assetOf(options.asset_id ?? '', chosen)} only={options.tag_names ?? []} label={title} />;
    case 'alert_list':
      return <AlertList asset={options.asset_id ? assetOf(options.asset_id, chosen) : null} label={title} />;
    case 'text':
      return <Words text={options.text ?? ''} />;
    case 'image':
      return <img src={options.source} alt={options.alt ?? ''} style={{ maxWidth: '100%', maxHeight: height }} />;
  }
}

function useUnit(pen: Pen): string | null {
  const assets = useQuery(assetsQuery);
  const asset = assets.data?.find((one) => one.id === pen.asset_id);
  return asset?.tags.find((tag) => tag.tag_name === pen.tag_name)?.unit ?? null;
}

function Trend({ label, pens, options, height }: { label: string; pens: Pen[]; options: Options; height: number }) {
  const window_ms = (options.window_seconds ?? 3600) * 1000;
  const assets = useQuery(assetsQuery);
  const found = useQuery({
    queryKey: ['trend', pens, window_ms],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      return { to, curves: await curves(pens, to - window_ms, to, POINTS, signal) };
    },
    refetchInterval: Math.max(REFRESH_MS, window_ms / POINTS),
    placeholderData: keepPreviousData,
  });
  if (found.isError) return <Text size="sm" role="alert">{found.error.message}</Text>;
  const to = found.data?.to ?? Date.now();
  const traces = (found.data?.curves ?? []).map((curve) => {
    const asset = assets.data?.find((one) => one.id === curve.asset_id);
    const unit = asset?.tags.find((tag) => tag.tag_name === curve.tag_name)?.unit ?? null;
    return { ...curve, label: `${curve.asset_id} · ${curve.tag_name}`, unit };
  });
  return (
    <TimeChart
      label={label}
      traces={traces}
      from={to - window_ms}
      to={to}
      height={Math.max(height - 40, 80)}
      thresholds={(options.thresholds ?? []).map((limit) => ({ value: limit.value, label: limit.label ?? '' }))}
    />
  );
}

function BigValue({ pen }: { pen: Pen }) {
  const unit = useUnit(pen);
  return (
    <Stack gap={2} justify="center" h="100%">
      <Text span fz={26} lh={1.2}><LiveValue pen={pen} unit={unit} /></Text>
      <Text size="xs" c="dimmed"><QualityAndAge pen={pen} /></Text>
    </Stack>
  );
}

function Gauge({ pen, options }: { pen: Pen; options: Options }) {
  const unit = useUnit(pen);
  const point = useLatest(pen);
  const low = options.min ?? 0;
  const high = options.max ?? 100;
  const share = (value: number) => Math.min(Math.max((value - low) / (high - low), 0), 1) * 100;
  const value = typeof point?.value === 'number' ? point.value : null;
  const from = share(options.normal_min ?? low);
  const until = share(options.normal_max ?? high);
  return (
    <Stack gap={4} justify="center" h="100%">
      <Text span fz={22}><LiveValue pen={pen} unit={unit} /></Text>
      <svg width="100%" height="18" aria-hidden="true">
        <rect width="100%" height="18" fill="var(--te-line)" />
        <rect x={`${from}%`} width={`${until - from}%`} y="5" height="8" fill="var(--te-ground)" />
        {value !== null && <rect x={`calc(${share(value)}% - 2px)`} width="4" height="18" fill="currentColor" />}
      </svg>
      <Group justify="space-between"><Text size="xs" c="dimmed">{low}</Text><Text size="xs" c="dimmed">{high}</Text></Group>
    </Stack>
  );
}

function Tags({ asset, only, label }: { asset: string; only: string[]; label: string }) {
  const assets = useQuery(assetsQuery);
  const tags = (assets.data?.find((one) => one.id === asset)?.tags ?? []).filter(
    (tag) => only.length === 0 || only.includes(tag.tag_name),
  );
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label || asset }}>
      <Table>
        <Table.Tbody>
          {tags.map((tag) => {
            const pen = { asset_id: asset, tag_name: tag.tag_name };
            return (
              <Table.Tr key={tag.tag_name}>
                <Table.Td>{tag.tag_name}</Table.Td>
                <Table.Td><LiveValue pen={pen} unit={tag.unit} /></Table.Td>
                <Table.Td><QualityAndAge pen={pen} /></Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

function AlertList({ asset, label }: { asset: string | null; label: string }) {
  const found = useQuery(activeAlertsQuery);
  useNow();
  const open = (found.data?.data ?? []).filter((alert) => asset === null || alert.asset_id === asset);
  if (open.length === 0) return <Text size="sm" c="dimmed">{texts.noAlerts}</Text>;
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label || texts.types.alert_list }}>
      {open.map((alert) => (
        <Text key={alert.id} size="sm" py={3} className="te-wrap">
          <Severity level={alert.severity} withWord={false} /> {alert.message}
        </Text>
      ))}
    </ScrollArea>
  );
}

function Words({ text }: { text: string }) {
  return (
    <ScrollArea h="100%">
      {text.split('\n').map((line, index) => (
        <Text key={index} className="te-wrap" fw={line.startsWith('#') ? 700 : 400}>
          {line.replace(/^#+\s*/, '').replace(/^-\s+/, '• ')}
        </Text>
      ))}
    </ScrollArea>
  );
}
