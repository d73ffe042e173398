/** History and newest values. Times here are milliseconds since 1970. */
import type { Scalar } from '../lib/format';
import { get } from './client';

export type Quality = 'good' | 'uncertain' | 'bad';

export interface Pen {
  asset_id: string;
  tag_name: string;
}

export interface Latest extends Pen {
  value: Scalar;
  quality: Quality;
  /** When the value was true, by its own clock. */
  ts: number;
}

/** One pen's envelope, oldest first; null where data is missing. `t` in seconds, as uPlot wants. */
export interface Curve extends Pen {
  t: number[];
  avg: (number | null)[];
  min: (number | null)[];
  max: (number | null)[];
}

interface LatestRow extends Pen {
  timestamp: string;
  value: Scalar;
  quality: Quality;
}

interface EnvelopeRow extends Pen {
  timestamp: string;
  min: number | null;
  max: number | null;
  avg: number | null;
}

export const penKey = (pen: Pen): string => `${pen.asset_id}\n${pen.tag_name}`;

export async function latest(assetId: string, signal?: AbortSignal): Promise<Latest[]> {
  const answer = await get<{ data: LatestRow[] }>(
    '/v1/telemetry/latest',
    { asset_id: assetId },
    signal,
  );
  return answer.data.map(({ timestamp, ...row }) => ({ ...row, ts: Date.parse(timestamp) }));
}

/** The curves of these pens over a range, each at most `points` buckets; one request an asset. */
export async function curves(
  wanted: Pen[],
  from: number,
  to: number,
  points: number,
  signal?: AbortSignal,
): Promise<Curve[]> {
  const byAsset = new Map<string, string[]>();
  for (const pen of wanted)
    byAsset.set(pen.asset_id, [...(byAsset.get(pen.asset_id) ?? []), pen.tag_name]);
  const answers = await Promise.all(
    [...byAsset].map(async ([asset, tags]) => {
      const url = new URLSearchParams();
      url.set('asset_id', asset);
      for (const tag of tags) url.append('tag_name', tag);
      url.set('start', new Date(from).toISOString());
      url.set('end', new Date(to).toISOString());
      url.set('max_points', String(points));
      return (await get<{ data: EnvelopeRow[] }>(`/v1/telemetry?${url}`, {}, signal)).data;
    }),
  );
  const rows = answers.flat();
  return wanted.map((pen) =>
    curveOf(
      pen,
      rows.filter((row) => row.asset_id === pen.asset_id && row.tag_name === pen.tag_name),
    ),
  );
}

/** A pen's rows as columns. A hole of more than three usual steps becomes a gap in the line. */
export function curveOf(pen: Pen, rows: EnvelopeRow[]): Curve {
  const curve: Curve = { ...pen, t: [], avg: [], min: [], max: [] };
  const times = rows.map((row) => Date.parse(row.timestamp) / 1000);
  const steps = times.slice(1).map((t, i) => t - (times[i] ?? t)).sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? 0;
  rows.forEach((row, i) => {
    const t = times[i] ?? 0;
    const before = times[i - 1];
    if (before !== undefined && usual > 0 && t - before > 3 * usual) push(curve, before + usual, null);
    push(curve, t, row);
  });
  return curve;
}

function push(curve: Curve, t: number, row: EnvelopeRow | null): void {
  curve.t.push(t);
  curve.avg.push(row?.avg ?? null);
  curve.min.push(row?.min ?? null);
  curve.max.push(row?.max ?? null);
}
