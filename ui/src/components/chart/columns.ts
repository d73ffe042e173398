/** The columns uPlot draws: one time axis, three columns (mean, least, greatest) a trace. */
import uPlot from 'uplot';
import type { Curve } from '../../api/telemetry';

export interface Trace extends Curve {
  label: string;
  unit: string | null;
  /** Dashed traces stand behind, such as an earlier period. */
  dashed?: boolean;
  /** Holds its value until the next point: states, set points. */
  step?: boolean;
}

type Cell = number | null | undefined;
export type Columns = Cell[][];

/** Rows of a chart at most; older ones are cut off in one go, so that appending stays cheap. */
const ROWS_MAX = 30_000;

/** Whether least and greatest differ anywhere; raw points have no band. */
export const hasBand = (trace: Trace): boolean => trace.min.some((value, i) => value !== trace.max[i]);

export const columnOf = (trace: number): number => 1 + 3 * trace;

/** Traces on one axis. `undefined` marks a time of another trace, `null` a gap. */
export function columnsOf(traces: Trace[]): Columns {
  const first = traces[0];
  if (!first) return [[]];
  if (traces.length === 1) return [[...first.t], [...first.avg], [...first.min], [...first.max]];
  return uPlot.join(
    traces.map((t) => [t.t, t.avg, t.min, t.max] as uPlot.AlignedData),
    traces.map(() => [0, 2, 2, 2]),
  ) as Columns;
}

/** Add one later point of a trace in place; points of several traces at one time share a row. */
export function append(columns: Columns, trace: number, t: number, value: number): void {
  const times = columns[0] as number[];
  let row = times.length;
  while (row > 0 && (times[row - 1] ?? 0) > t) row -= 1;
  if (row > 0 && times[row - 1] === t) row -= 1;
  else if (row === times.length) {
    for (const column of columns) column.push(undefined);
    times[row] = t;
  } else {
    for (const column of columns) column.splice(row, 0, undefined);
    times[row] = t;
  }
  for (let i = 0; i < 3; i += 1) {
    const column = columns[columnOf(trace) + i];
    if (column) column[row] = value;
  }
  if (times.length > ROWS_MAX) for (const column of columns) column.splice(0, ROWS_MAX / 3);
}

/** Index of the first time not before `t`. */
export function firstAt(times: ArrayLike<number>, t: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Extent {
  low: number;
  high: number;
}

/** Least and greatest of some traces in [from, to] (seconds), or null when nothing is there. */
export function extentOf(columns: Columns, traces: number[], from: number, to: number): Extent | null {
  const times = columns[0] as number[];
  // one row beyond either end: the line to it is seen
  const start = Math.max(0, firstAt(times, from) - 1);
  const end = Math.min(times.length, firstAt(times, to) + 1);
  let low = Infinity;
  let high = -Infinity;
  for (const trace of traces) {
    const least = columns[columnOf(trace) + 1] ?? [];
    const greatest = columns[columnOf(trace) + 2] ?? [];
    for (let i = start; i < end; i += 1) {
      const a = least[i];
      const b = greatest[i];
      if (a != null && a < low) low = a;
      if (b != null && b > high) high = b;
    }
  }
  return low <= high ? { low, high } : null;
}

/** Room around an extent, so that no line runs along the frame. */
export function padded({ low, high }: Extent): [number, number] {
  const pad = (high - low || Math.abs(high) * 0.1 || 1) * 0.08;
  return [low - pad, high + pad];
}

/** The last value of a trace at or before `t`: what a trace that holds its values shows there. */
export function valueHeld(columns: Columns, trace: number, t: number): number | null {
  const times = columns[0] as number[];
  const values = columns[columnOf(trace)] ?? [];
  for (let i = firstAt(times, t + 1e-9) - 1; i >= 0; i -= 1) {
    const value = values[i];
    if (value !== undefined) return value;
  }
  return null;
}

/** What a trace shows at the cursor. */
export const valueAt = (columns: Columns, trace: Trace, i: number, t: number, reach: number): number | null =>
  trace.step ? valueHeld(columns, i, t) : valueNear(columns, i, t, reach);

/** The value of a trace nearest to `t`, within `reach` seconds of it; null where there is none. */
export function valueNear(columns: Columns, trace: number, t: number, reach: number): number | null {
  const times = columns[0] as number[];
  const values = columns[columnOf(trace)] ?? [];
  const middle = firstAt(times, t);
  for (let step = 0; step < 400; step += 1) {
    const right = middle + step;
    const left = middle - 1 - step;
    const dr = right < times.length ? (times[right] ?? Infinity) - t : Infinity;
    const dl = left >= 0 ? t - (times[left] ?? -Infinity) : Infinity;
    if (Math.min(dr, dl) > reach) return null;
    const order = dr < dl ? [right, left] : [left, right];
    for (const i of order) {
      const value = values[i];
      if (value != null && Math.abs((times[i] ?? 0) - t) <= reach) return value;
    }
  }
  return null;
}

export interface Summary extends Extent {
  mean: number;
}

/** Least, greatest and mean of what a trace shows in [from, to]; null when it shows nothing. */
export function summaryOf(columns: Columns, trace: number, from: number, to: number): Summary | null {
  const times = columns[0] as number[];
  const start = firstAt(times, from);
  const end = firstAt(times, to);
  const [mean, least, greatest] = [0, 1, 2].map((i) => columns[columnOf(trace) + i] ?? []);
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  let count = 0;
  for (let i = start; i < end; i += 1) {
    const value = mean?.[i];
    if (value == null) continue;
    sum += value;
    count += 1;
    low = Math.min(low, least?.[i] ?? value);
    high = Math.max(high, greatest?.[i] ?? value);
  }
  return count === 0 ? null : { low, high, mean: sum / count };
}
