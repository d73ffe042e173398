/** Sparklines of many tags by one request. */
import { queryOptions } from '@tanstack/react-query';
import { envelope, penKey, type Pen } from './telemetry';

const POINTS = 40;
const SPAN_MS = 1_800_000;
const REFRESH_MS = 30_000;

export type Sparks = Map<string, (number | null)[]>;

/** Means of the last half hour of each pen, in equal steps, null where there was nothing. */
export const sparksQuery = (pens: Pen[]) => {
  const assets = [...new Set(pens.map((pen) => pen.asset_id))].sort();
  const tags = [...new Set(pens.map((pen) => pen.tag_name))].sort();
  return queryOptions({
    queryKey: ['sparks', assets, tags],
    enabled: pens.length > 0,
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS / 2,
    queryFn: async ({ signal }): Promise<Sparks> => {
      const to = Date.now();
      const rows = await envelope(assets, tags, to - SPAN_MS, to, POINTS, signal);
      const found: Sparks = new Map();
      for (const row of rows) {
        const key = penKey(row);
        const values = found.get(key) ?? new Array<number | null>(POINTS).fill(null);
        const place = Math.floor(((Date.parse(row.timestamp) - (to - SPAN_MS)) / SPAN_MS) * POINTS);
        values[Math.min(Math.max(place, 0), POINTS - 1)] = row.avg;
        found.set(key, values);
      }
      // buckets are round and may be wider than a step: what lies between two is no gap
      for (const values of found.values()) closeHoles(values);
      return found;
    },
  });
};

const HOLE_MAX = 3;

/** Straight lines over holes of up to three steps. */
export function closeHoles(values: (number | null)[]): void {
  let last = -1;
  values.forEach((value, i) => {
    if (value === null) return;
    const before = last < 0 ? null : (values[last] ?? null);
    if (before !== null && i - last > 1 && i - last <= HOLE_MAX + 1)
      for (let k = last + 1; k < i; k += 1) values[k] = before + ((value - before) * (k - last)) / (i - last);
    last = i;
  });
}
