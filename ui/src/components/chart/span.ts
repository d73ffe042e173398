/** A stretch of time and how it is zoomed and moved. One unit throughout, whichever it is. */
export interface Span {
  from: number;
  to: number;
}

/** `factor` below 1 zooms in; what lies at `share` (0 left, 1 right) stays where it is. */
export function zoomed({ from, to }: Span, factor: number, share = 0.5): Span {
  const still = from + (to - from) * share;
  const width = (to - from) * factor;
  return { from: still - width * share, to: still + width * (1 - share) };
}

/** Moved by a share of its own width; positive is later. */
export function panned({ from, to }: Span, share: number): Span {
  const shift = (to - from) * share;
  return { from: from + shift, to: to + shift };
}

/** Kept between a shortest and a longest width, around its middle. */
export function bounded({ from, to }: Span, shortest: number, longest: number): Span {
  const width = Math.min(Math.max(to - from, shortest), longest);
  if (width === to - from) return { from, to };
  const middle = (from + to) / 2;
  return { from: middle - width / 2, to: middle + width / 2 };
}
