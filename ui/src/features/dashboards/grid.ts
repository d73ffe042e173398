/** Dashboards as the server keeps them, and the pure rules of the grid. */
export type WidgetType =
  | 'trend' | 'value' | 'gauge' | 'state_timeline' | 'table'
  | 'alert_list' | 'text' | 'model_score' | 'image';

export interface PenOptions {
  asset_id: string;
  tag_name: string;
  label?: string | null;
}

export interface Options {
  asset_id?: string | null;
  tag_name?: string;
  series?: PenOptions[];
  window_seconds?: number;
  min?: number;
  max?: number;
  normal_min?: number | null;
  normal_max?: number | null;
  threshold?: number;
  decimals?: number | null;
  sparkline?: boolean;
  band?: boolean;
  y_min?: number | null;
  y_max?: number | null;
  severities?: string[];
  statuses?: string[];
  limit?: number;
  fit?: 'contain' | 'cover';
  thresholds?: { value: number; severity?: string; label?: string | null }[];
  tag_names?: string[];
  text?: string;
  source?: string;
  alt?: string;
  [name: string]: unknown;
}

export interface Widget {
  id: string;
  type: WidgetType;
  title: string;
  x: number;
  y: number;
  w: number;
  h: number;
  options: Options;
}

export interface Variable {
  name: string;
  label: string;
  type: 'asset';
  asset_type: string | null;
  default: string | null;
}

/** What an edit changes, and a version keeps. */
export interface Content {
  name: string;
  description: string;
  layout: { columns: number; widgets: Widget[] };
  variables: Variable[];
}

export interface Dashboard extends Content {
  id: string;
  version: number;
  updated_at: string;
}

export type Place = Pick<Widget, 'x' | 'y' | 'w' | 'h'>;

export const ROW_PX = 34;
export const GAP_PX = 8;
const HEIGHT_MAX = 200;

export const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/**
 * The widgets with one at another place, the ones in its way pushed down; null outside the grid.
 *
 * From the top: each widget goes down until it touches none of those already placed, so nothing
 * ever overlaps and what is not in the way stays.
 */
export function placed(widgets: Widget[], id: string, to: Place, columns: number): Widget[] | null {
  if (to.x < 0 || to.y < 0 || to.w < 2 || to.h < 2 || to.x + to.w > columns || to.h > HEIGHT_MAX) return null;
  const mover = widgets.find((widget) => widget.id === id);
  if (!mover) return null;
  const settled = new Map<string, Widget>([[id, { ...mover, ...to }]]);
  const others = widgets.filter((widget) => widget.id !== id).sort((a, b) => a.y - b.y || a.x - b.x);
  for (const widget of others) {
    let next = widget;
    for (;;) {
      const hit = [...settled.values()].find((other) => overlap(other, next));
      if (!hit) break;
      next = { ...next, y: hit.y + hit.h };
    }
    settled.set(widget.id, next);
  }
  return widgets.map((widget) => settled.get(widget.id) ?? widget);
}

/** Where a new widget of this size lies when the pointer (pixels of the window) holds the middle of its top; null outside the grid. */
export function placeUnder(grid: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>, x: number, y: number, size: { w: number; h: number }, columns: number): Place | null {
  const [dx, dy] = [x - grid.left, y - grid.top];
  if (dx < 0 || dy < 0 || dx > grid.width || dy > grid.height) return null;
  const column = Math.floor((dx * columns) / (grid.width + GAP_PX)) - Math.floor(size.w / 2);
  return { x: Math.max(0, Math.min(column, columns - size.w)), y: Math.floor(dy / (ROW_PX + GAP_PX)), ...size };
}

/** The highest, then leftmost free place of this size. */
export function freePlace(widgets: Widget[], w: number, h: number, columns: number): Place {
  for (let y = 0; ; y += 1)
    for (let x = 0; x + w <= columns; x += 1) {
      const place = { x, y, w, h };
      if (!widgets.some((other) => overlap(other, place))) return place;
    }
}

/** The variable that an asset reference names, filled in. */
export function assetOf(reference: string, chosen: Record<string, string>): string {
  const name = /^\$\{(.*)\}$/.exec(reference)?.[1];
  return name === undefined ? reference : (chosen[name] ?? '');
}
