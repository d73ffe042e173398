/** Axis ticks, file sizes, lengths of time and shares, short enough for a label. */

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
const compact = new Intl.NumberFormat('en', { maximumFractionDigits: 6, notation: 'compact' });

/** A tick of an axis: no trailing zeros, thousands grouped, large ones short. */
export function formatAxis(value: number): string {
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e9)) return value.toExponential(1);
  return (Math.abs(value) >= 1e5 ? compact : plain).format(value);
}

/** 512 B, 1.4 MB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** 850 ms, 5 min, 30 d: a length of time in its largest fitting unit. */
export function formatWidth(ms: number): string {
  const steps: [number, string][] = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1000, 's']];
  for (const [size, unit] of steps)
    if (ms >= size) return `${Number((ms / size).toFixed(ms / size < 10 ? 1 : 0))} ${unit}`;
  return `${Math.round(ms)} ms`;
}

/** 0.0523 as 5.2 %. */
export const formatShare = (share: number): string => `${Number((share * 100).toFixed(share < 0.1 ? 1 : 0))} %`;
