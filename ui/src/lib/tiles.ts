/**
 * Time cut into tiles that can be kept: each level has a bucket width the server calls round, a tile
 * is 256 buckets on the grid that begins at 1970. Everything in seconds.
 */
export const BUCKETS = 256;

/** Widths of the server's own grid (`nice_grid`), from 1 ms to 28 days. */
const WIDTHS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_419_200,
];
export const LEVELS = WIDTHS.length;

export const widthOf = (level: number): number => WIDTHS[Math.min(Math.max(level, 0), LEVELS - 1)] ?? 1;
export const tileSpan = (level: number): number => widthOf(level) * BUCKETS;

/** The finest level that shows [from, to) in at most `points` buckets. */
export function levelFor(from: number, to: number, points: number): number {
  const level = WIDTHS.findIndex((width) => (to - from) / width <= points);
  return level < 0 ? LEVELS - 1 : level;
}

/** First and last tile of a level that [from, to) touches. */
export function tilesOver(level: number, from: number, to: number): [number, number] {
  const span = tileSpan(level);
  return [Math.floor(from / span), Math.max(Math.ceil(to / span) - 1, Math.floor(from / span))];
}

/** Missing tiles as runs that are each one request: [first, last]. */
export function runsOf(missing: number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const tile of [...missing].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] + 1 >= tile) last[1] = tile;
    else runs.push([tile, tile]);
  }
  return runs;
}

export interface Tile {
  t: number[];
  avg: number[];
  min: number[];
  max: number[];
  /** The usual distance of its points. */
  step: number;
  /** When it was asked for; milliseconds since 1970. */
  askedAt: number;
  /** It lies wholly in the past, so it stays as it is. */
  isPast: boolean;
}

/** Where tiles of one pen are found. */
export type Lookup = (level: number, tile: number) => Tile | undefined;

export interface Drawn {
  t: number[];
  avg: (number | null)[];
  min: (number | null)[];
  max: (number | null)[];
}

const COARSER = 12;
const FINER = 3;
const GAP_STEPS = 3.5;

/**
 * What can be drawn at once over the tiles first…last of a level: each from its own tile, or from the
 * nearest coarser one, or from finer ones, until it arrives. A hole of more than three usual steps is a gap.
 */
export function compose(find: Lookup, level: number, first: number, last: number, hasGaps = true): Drawn {
  const out: Drawn = { t: [], avg: [], min: [], max: [] };
  let before = 0;
  for (let tile = first; tile <= last; tile += 1) {
    const from = tile * tileSpan(level);
    const to = from + tileSpan(level);
    for (const part of partsFor(find, level, tile, from, to)) before = add(out, part, from, to, before, hasGaps);
  }
  return out;
}

function partsFor(find: Lookup, level: number, tile: number, from: number, to: number): Tile[] {
  const own = find(level, tile);
  if (own) return [own];
  for (let up = level + 1; up <= Math.min(level + COARSER, LEVELS - 1); up += 1) {
    const [a, b] = tilesOver(up, from, to);
    const found = Array.from({ length: b - a + 1 }, (_, i) => find(up, a + i));
    if (found.every((it) => it !== undefined)) return found as Tile[];
  }
  for (let down = level - 1; down >= Math.max(level - FINER, 0); down -= 1) {
    const [a, b] = tilesOver(down, from, to);
    const found = Array.from({ length: b - a + 1 }, (_, i) => find(down, a + i)).filter((it) => it !== undefined);
    if (found.length > 0) return found;
  }
  return [];
}

/** Append a tile's points in [from, to); answers the step that gaps are judged by next. */
function add(out: Drawn, tile: Tile, from: number, to: number, before: number, hasGaps: boolean): number {
  // of the two points before, also of the tile before: where the rate changed, the slower one is no row of gaps
  const drawn = out.t.length;
  let stride = drawn > 1 && out.avg[drawn - 1] !== null && out.avg[drawn - 2] !== null ? (out.t[drawn - 1] ?? 0) - (out.t[drawn - 2] ?? 0) : 0;
  for (let i = 0; i < tile.t.length; i += 1) {
    const t = tile.t[i] ?? 0;
    if (t < from || t >= to) continue;
    const last = out.t.at(-1);
    if (last !== undefined && t <= last) continue;
    const usual = Math.max(before, tile.step, stride);
    if (last !== undefined) stride = t - last;
    if (hasGaps && last !== undefined && usual > 0 && t - last > GAP_STEPS * usual) {
      out.t.push(last + usual);
      out.avg.push(null);
      out.min.push(null);
      out.max.push(null);
    }
    out.t.push(t);
    out.avg.push(tile.avg[i] ?? null);
    out.min.push(tile.min[i] ?? null);
    out.max.push(tile.max[i] ?? null);
    before = tile.step;
  }
  return tile.t.length > 0 ? tile.step : before;
}

/** The middle of the distances between ascending times, 0 for fewer than two. */
export function usualStep(times: number[]): number {
  const steps: number[] = [];
  for (let i = 1; i < times.length; i += 1) steps.push((times[i] ?? 0) - (times[i - 1] ?? 0));
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** A curve that holds `before` from `from` on, and its last value up to `to`: for what reports changes only. */
export function holding(drawn: Drawn, before: number | null, from: number, to: number): Drawn {
  const out: Drawn = { t: [...drawn.t], avg: [...drawn.avg], min: [...drawn.min], max: [...drawn.max] };
  const first = out.t[0];
  if (before !== null && (first === undefined || first > from)) {
    out.t.unshift(from);
    for (const column of [out.avg, out.min, out.max]) column.unshift(before);
  }
  const last = out.t.at(-1);
  const value = out.avg.at(-1) ?? null;
  if (last !== undefined && value !== null && last < to) {
    out.t.push(to);
    for (const column of [out.avg, out.min, out.max]) column.push(value);
  }
  return out;
}

/** A tile as it is drawn by itself: a hole of more than three usual steps is a gap; points of one time all stay. */
export function withGaps(tile: Tile): Drawn {
  const out: Drawn = { t: [], avg: [], min: [], max: [] };
  tile.t.forEach((t, i) => {
    const before = tile.t[i - 1];
    if (before !== undefined && tile.step > 0 && t - before > GAP_STEPS * tile.step) {
      out.t.push(before + tile.step);
      for (const column of [out.avg, out.min, out.max]) column.push(null);
    }
    out.t.push(t);
    out.avg.push(tile.avg[i] ?? null);
    out.min.push(tile.min[i] ?? null);
    out.max.push(tile.max[i] ?? null);
  });
  return out;
}
