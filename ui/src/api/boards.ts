/** Trends put on dashboards, and the explorer's saved views, which are the widgets of one dashboard. */
import { queryOptions } from '@tanstack/react-query';
import { all, get, send } from './client';
import type { Pen } from './telemetry';

interface Widget {
  id: string;
  type: string;
  title: string;
  x: number;
  y: number;
  w: number;
  h: number;
  options: { series?: Pen[]; window_seconds?: number; [name: string]: unknown };
}

export interface Board {
  id: string;
  name: string;
  description: string;
  layout: { columns: number; widgets: Widget[] };
  variables: unknown[];
  version: number;
}

export interface SavedView {
  id: string;
  title: string;
  pens: Pen[];
  span_s: number;
}

export const VIEWS_ID = 'explorer-views';
const SIZE = { w: 12, h: 8 };
const pathOf = (id: string) => `/v1/dashboards/${encodeURIComponent(id)}`;
const read = async (id: string) => (await get<{ data: Board }>(pathOf(id))).data;

export const boardsQuery = queryOptions({
  queryKey: ['boards'],
  queryFn: ({ signal }) => all<Board>('/v1/dashboards', {}, signal),
});

export const viewsOf = (boards: Board[]): SavedView[] =>
  (boards.find((board) => board.id === VIEWS_ID)?.layout.widgets ?? [])
    .filter((widget) => widget.type === 'trend')
    .map(({ id, title, options }) => ({ id, title, pens: options.series ?? [], span_s: options.window_seconds ?? 3600 }));

/** Put a trend below what a dashboard holds. `board` is an id, or a name for a new one. */
export async function addTrend(
  board: { id: string } | { id?: string; newName: string },
  title: string,
  pens: Pen[],
  span_s: number,
): Promise<Board> {
  if ('newName' in board) {
    const widget = trend(title, pens, span_s, 0, 0);
    const layout = { columns: 24, widgets: [widget] };
    const id = board.id === undefined ? {} : { id: board.id };
    return (await send<{ data: Board }>('POST', '/v1/dashboards', { ...id, name: board.newName, layout })).data;
  }
  const { name, description, layout, variables, version } = await read(board.id);
  const bottom = Math.max(0, ...layout.widgets.map((widget) => widget.y + widget.h));
  // beside the last one where there is room
  const last = layout.widgets.filter((widget) => widget.y + widget.h === bottom);
  const right = Math.max(0, ...last.map((widget) => widget.x + widget.w));
  const isBeside = last.length > 0 && last.every((widget) => widget.h === SIZE.h) && right + SIZE.w <= layout.columns;
  const place = isBeside ? { x: right, y: bottom - SIZE.h } : { x: 0, y: bottom };
  const widgets = [...layout.widgets, trend(title, pens, span_s, place.x, place.y)];
  return put(board.id, { name, description, layout: { ...layout, widgets }, variables }, version);
}

/** Keep a view of the explorer on the server. */
export async function saveView(boardName: string, title: string, pens: Pen[], span_s: number): Promise<Board> {
  const boards = await all<Board>('/v1/dashboards');
  const isThere = boards.some((board) => board.id === VIEWS_ID);
  return addTrend(isThere ? { id: VIEWS_ID } : { id: VIEWS_ID, newName: boardName }, title, pens, span_s);
}

export async function deleteView(id: string): Promise<Board> {
  const { name, description, layout, variables, version } = await read(VIEWS_ID);
  const widgets = layout.widgets.filter((widget) => widget.id !== id);
  return put(VIEWS_ID, { name, description, layout: { ...layout, widgets }, variables }, version);
}

const put = async (id: string, body: unknown, version: number) =>
  (await send<{ data: Board }>('PUT', pathOf(id), body, version)).data;

const trend = (title: string, pens: Pen[], span_s: number, x: number, y: number): Widget => ({
  id: `trend-${Date.now().toString(36)}`,
  type: 'trend',
  title,
  x,
  y,
  ...SIZE,
  options: { series: pens, window_seconds: Math.min(Math.max(Math.round(span_s), 60), 30 * 86_400) },
});
