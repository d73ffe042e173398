/** Numbers, ages and times as people in a plant read them. */
import { values as texts } from './texts/values';
import { inZone } from './zone';

export type Scalar = number | boolean | string | null;

/** About four significant digits, never an exponent for everyday sizes. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e9)) return value.toExponential(2);
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function formatScalar(value: Scalar | undefined): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? texts.on : texts.off;
  return typeof value === 'number' ? formatNumber(value) : value;
}

/** 4 s, 3 min, 2 h, 5 d. */
export function formatAge(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  return s < 172_800 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86_400)} d`;
}

/** A moment with its day in the chosen time zone, for tables and cursors. */
export function formatTime(ms: number): string {
  const { day, clock } = inZone(ms);
  return `${day} ${clock}`;
}

/** Like `formatTime`, without the day if that is today. */
export function formatMoment(ms: number): string {
  const { day, clock } = inZone(ms);
  return day === inZone(Date.now()).day ? clock : `${day} ${clock}`;
}

/** 45 s, 12 min 5 s, 3 h 20 min, 2 d 4 h. */
export function formatSpan(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  const two = (big: number, unit: string, small: number, part: string) =>
    small ? `${big} ${unit} ${small} ${part}` : `${big} ${unit}`;
  if (s < 60) return `${s} s`;
  if (s < 3600) return two(Math.floor(s / 60), 'min', s % 60, 's');
  if (s < 86_400) return two(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'min');
  return two(Math.floor(s / 86_400), 'd', Math.floor((s % 86_400) / 3600), 'h');
}
