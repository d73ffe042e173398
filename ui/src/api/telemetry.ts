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

export interface EnvelopeRow extends Pen {
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
  const found = new Map<string, EnvelopeRow[]>();
  await Promise.all(
    [...byAsset(wanted)].map(async ([asset, tags]) => {
      for (const row of await envelope([asset], tags, from, to, points, signal)) {
        const key = penKey(row);
        const rows = found.get(key);
        if (rows) rows.push(row);
        else found.set(key, [row]);
      }
    }),
  );
  return wanted.map((pen) => curveOf(pen, found.get(penKey(pen)) ?? []));
}

/** Buckets of every tag named, of every asset named, in one request; oldest first. */
export async function envelope(
  assets: string[],
  tags: string[],
  from: number,
  to: number,
  points: number,
  signal?: AbortSignal,
): Promise<EnvelopeRow[]> {
  const query = new URLSearchParams();
  for (const asset of assets) query.append('asset_id', asset);
  for (const tag of tags) query.append('tag_name', tag);
  query.set('start', new Date(from).toISOString());
  query.set('end', new Date(to).toISOString());
  query.set('max_points', String(points));
  return (await get<{ data: EnvelopeRow[] }>(`/v1/telemetry?${query}`, {}, signal)).data;
}

/** Tags by asset, so that one request asks for no more than was wanted. */
function byAsset(pens: Pen[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pen of pens) found.set(pen.asset_id, [...(found.get(pen.asset_id) ?? []), pen.tag_name]);
  return found;
}

/** From the first to the last point of these pens; null when they have none. */
export async function extentOf(pens: Pen[]): Promise<{ from: number; to: number } | null> {
  const times = await Promise.all(
    [...byAsset(pens)].flatMap(([asset, tags]) =>
      ['asc', 'desc'].map(async (order) => {
        const query = new URLSearchParams({ asset_id: asset, order, limit: '1' });
        for (const tag of tags) query.append('tag_name', tag);
        const { data } = await get<{ data: LatestRow[] }>(`/v1/telemetry?${query}`);
        return data.map((row) => Date.parse(row.timestamp));
      }),
    ),
  );
  const all = times.flat();
  return all.length === 0 ? null : { from: Math.min(...all), to: Math.max(...all) + 1 };
}

/** The last value at or before a moment, if the source vouches for it; null otherwise. */
export async function valueBefore(pen: Pen, at: number, signal?: AbortSignal): Promise<number | null> {
  const query = { asset_id: pen.asset_id, tag_name: pen.tag_name, end: new Date(at + 1).toISOString(), order: 'desc', limit: 1 };
  const { data } = await get<{ data: LatestRow[] }>('/v1/telemetry', query, signal);
  const row = data[0];
  return row && row.quality !== 'bad' && typeof row.value !== 'string' && row.value !== null ? Number(row.value) : null;
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
