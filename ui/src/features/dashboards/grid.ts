/** Dashboards as the server keeps them, and the pure rules of the grid. */
export type WidgetType =
  | 'trend' | 'value' | 'gauge' | 'state_timeline' | 'table'
  | 'alert_list' | 'text' | 'model_score' | 'image';

export interface PenOptions {
  asset_id: string;
  tag_name: string;
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
  thresholds?: { value: number; label?: string | null }[];
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
  default: string | null;
  [name: string]: unknown;
}

export interface Dashboard {
  id: string;
  name: string;
  description: string;
  layout: { columns: number; widgets: Widget[] };
  variables: Variable[];
  version: number;
}

export type Place = Pick<Widget, 'x' | 'y' | 'w' | 'h'>;

export const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** The widgets with one at another place; null when that is taken or outside. */
export function placed(widgets: Widget[], id: string, to: Place, columns: number): Widget[] | null {
  if (to.x < 0 || to.y < 0 || to.w < 2 || to.h < 2 || to.x + to.w > columns) return null;
  if (widgets.some((other) => other.id !== id && overlap(other, to))) return null;
  return widgets.map((widget) => (widget.id === id ? { ...widget, ...to } : widget));
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
