/** States over time as bars: on and off, words, small numbers. */
import { Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { Pen } from '../../../api/telemetry';
import { formatMoment, formatScalar, formatSpan, type Scalar } from '../../../lib/format';
import { dashboards as texts } from '../../../lib/texts/dashboards';
import { penOf, useTag, type BodyProps } from './data';

const POINTS = 600;
const REFRESH_MS = 5000;
const SHADES = 6;

export interface Span { from: number; to: number; state: Scalar }
interface Row { timestamp: string; value?: Scalar; last?: Scalar; quality?: string }

/** Spans of one state, oldest first; each lasts until the next point, the last until `to`. */
export function spansOf(points: { ts: number; state: Scalar }[], to: number): Span[] {
  const spans: Span[] = [];
  for (const { ts, state } of points) {
    const last = spans.at(-1);
    if (last) last.to = ts;
    if (!last || last.state !== state) spans.push({ from: ts, to, state });
    else last.to = to;
  }
  return spans;
}

async function statesOf(pen: Pen, isText: boolean, from: number, to: number, signal: AbortSignal): Promise<Span[]> {
  const span = { asset_id: pen.asset_id, tag_name: pen.tag_name, start: new Date(from).toISOString(), end: new Date(to).toISOString() };
  const query = isText ? { ...span, limit: 10_000 } : { ...span, max_points: POINTS };
  const { data } = await get<{ data: Row[] }>('/v1/telemetry', query, signal);
  return spansOf(data.map((row) => ({ ts: Date.parse(row.timestamp), state: row.value ?? row.last ?? null })), to);
}

export function StateTimeline({ widget, chosen, span }: BodyProps) {
  const { options } = widget;
  const tagOf = useTag();
  const window_ms = (span ?? options.window_seconds ?? 3600) * 1000;
  const pens = (options.series ?? []).map((pen) => penOf(pen, chosen));
  const kinds = pens.map((pen) => tagOf(pen)?.kind ?? 'number');
  const found = useQuery({
    queryKey: ['states', pens, kinds, window_ms],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      return { to, rows: await Promise.all(pens.map((pen, i) => statesOf(pen, kinds[i] === 'text', to - window_ms, to, signal))) };
    },
    refetchInterval: Math.max(REFRESH_MS, window_ms / POINTS),
    placeholderData: keepPreviousData,
    enabled: pens.length > 0,
  });
  if (pens.length === 0) return <Text size="sm" c="dimmed">{texts.pick}</Text>;
  if (found.isError) return <Text size="sm" role="alert">{found.error.message}</Text>;
  const to = found.data?.to ?? Date.now();
  const from = to - window_ms;
  const words = (pen: Pen, state: Scalar) => (tagOf(pen)?.kind === 'bool' && typeof state === 'number' ? formatScalar(state > 0) : formatScalar(state));
  const names = [...new Set((found.data?.rows ?? []).flatMap((row, i) => row.map((one) => (pens[i] ? words(pens[i], one.state) : ''))))];
  const shade = (name: string) => 0.16 + 0.6 * ((names.indexOf(name) % SHADES) / (SHADES - 1));
  return (
    <Stack gap={8} style={{ overflow: 'auto' }} h="100%" tabIndex={0} role="region" aria-label={widget.title || texts.types.state_timeline}>
      {pens.map((pen, i) => {
        const spans = found.data?.rows[i] ?? [];
        const last = spans.at(-1);
        const name = new Set(pens.map((one) => one.asset_id)).size === 1 ? pen.tag_name : `${pen.asset_id} · ${pen.tag_name}`;
        return (
          <div key={`${pen.asset_id}\n${pen.tag_name}`}>
            <Group justify="space-between" gap={4}><Text size="xs" c="dimmed" className="te-wrap">{name}</Text><Text size="xs" fw={600}>{last ? words(pen, last.state) : texts.noPoints}</Text></Group>
            <div className="te-states">
              {spans.map((one) => {
                const left = Math.max((one.from - from) / window_ms, 0) * 100;
                const width = (Math.min(one.to, to) - Math.max(one.from, from)) / window_ms * 100;
                const word = words(pen, one.state);
                return (
                  <span key={one.from} style={{ left: `${left}%`, width: `${width}%`, background: `color-mix(in srgb, var(--te-muted) ${shade(word) * 100}%, var(--te-surface))` }}
                    title={`${word}: ${formatMoment(one.from)}, ${formatSpan((one.to - one.from) / 1000)}`} />
                );
              })}
            </div>
          </div>
        );
      })}
      <Group gap="md">{names.slice(0, 8).map((name) => <Text key={name} size="xs" component="span"><span aria-hidden="true" className="te-swatch" style={{ background: `color-mix(in srgb, var(--te-muted) ${shade(name) * 100}%, var(--te-surface))` }} />{name}</Text>)}</Group>
    </Stack>
  );
}
