/** What lies under and over the curves: normal bands, limits, marks of alarms and notes. */
import type uPlot from 'uplot';

export interface Threshold {
  value: number;
  label: string;
  /** Whose axis; the first one when left out. */
  unit?: string | null;
  severity?: 'critical' | 'warning' | 'info';
}

/** A range of values that is normal, shaded. */
export interface Band {
  from: number;
  to: number;
  label: string;
  unit?: string | null;
}

/** Something that happened; milliseconds since 1970. Without `to` it is a moment or still going on. */
export interface Mark {
  id: string;
  from: number;
  to?: number | null;
  label: string;
  kind: 'critical' | 'warning' | 'info' | 'note';
}

export interface Decor {
  thresholds: Threshold[];
  bands: Band[];
  marks: Mark[];
}

const FLAG_PX = 7;
const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colourOf = (kind: Mark['kind']) => css(kind === 'note' ? '--te-note' : `--te-${kind}`);
const scaleOf = (u: uPlot, unit: string | null | undefined) =>
  unit !== undefined && u.scales[`y:${unit ?? ''}`] ? `y:${unit ?? ''}` : (u.axes[1]?.scale ?? 'y:');

/** Drawn before the curves. */
export function drawUnder(u: uPlot, { bands, marks }: Decor): void {
  if (bands.length + marks.length === 0) return;
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = css('--te-band');
  for (const band of bands) {
    const scale = scaleOf(u, band.unit);
    const top = u.valToPos(band.to, scale, true);
    ctx.fillRect(bbox.left, top, bbox.width, u.valToPos(band.from, scale, true) - top);
  }
  for (const mark of marks) {
    const left = u.valToPos(mark.from / 1000, 'x', true);
    const right = mark.to == null ? left : u.valToPos(mark.to / 1000, 'x', true);
    ctx.fillStyle = `${colourOf(mark.kind)}1f`;
    ctx.fillRect(left, bbox.top, Math.max(right - left, 0), bbox.height);
  }
  ctx.restore();
}

/** Drawn after the curves. */
export function drawOver(u: uPlot, { thresholds, marks }: Decor): void {
  if (thresholds.length + marks.length === 0) return;
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = ratio;
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  for (const limit of thresholds) {
    const y = Math.round(u.valToPos(limit.value, scaleOf(u, limit.unit), true)) + 0.5;
    ctx.strokeStyle = ctx.fillStyle = css(`--te-${limit.severity ?? 'warning'}`);
    ctx.setLineDash([8 * ratio, 5 * ratio]);
    line(ctx, bbox.left, y, bbox.left + bbox.width, y);
    if (limit.label) ctx.fillText(limit.label, bbox.left + 6 * ratio, y - 4 * ratio);
  }
  ctx.setLineDash([]);
  for (const mark of marks) {
    const x = Math.round(u.valToPos(mark.from / 1000, 'x', true)) + 0.5;
    if (x < bbox.left - FLAG_PX * ratio || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = ctx.fillStyle = colourOf(mark.kind);
    line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    flag(ctx, mark.kind, x, bbox.top, FLAG_PX * ratio);
  }
  ctx.restore();
}

/** Marks under a moment (seconds), `reach` seconds wide. */
export function marksAt(marks: Mark[], t: number, reach: number): Mark[] {
  return marks.filter((mark) => {
    const from = mark.from / 1000;
    const to = mark.to == null ? from : mark.to / 1000;
    return t >= from - reach && t <= to + reach;
  });
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

/** The shape tells the kind without colour: square, triangle, disc, flag. */
function flag(ctx: CanvasRenderingContext2D, kind: Mark['kind'], x: number, y: number, size: number): void {
  ctx.beginPath();
  if (kind === 'critical') ctx.rect(x - size / 2, y, size, size);
  else if (kind === 'warning') {
    ctx.moveTo(x, y);
    ctx.lineTo(x + size / 2 + 1, y + size);
    ctx.lineTo(x - size / 2 - 1, y + size);
  } else if (kind === 'info') ctx.arc(x, y + size / 2, size / 2, 0, 7);
  else {
    ctx.moveTo(x, y);
    ctx.lineTo(x + size * 1.4, y + size / 2);
    ctx.lineTo(x, y + size);
  }
  ctx.fill();
}
