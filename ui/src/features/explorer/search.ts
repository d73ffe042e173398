/** What of the explorer lives in the URL, so that a view can be sent to a colleague. */
export interface ExplorerSearch {
  /** `asset/tag`; the last slash parts them. */
  pens?: string[];
  /** Milliseconds since 1970; both left out: the last `span` seconds, following. */
  from?: number;
  to?: number;
  span?: number;
  /** Seconds back of the period to compare with. */
  compare?: number;
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export function explorerSearch(raw: Record<string, unknown>): ExplorerSearch {
  const search: ExplorerSearch = {};
  if (Array.isArray(raw.pens))
    search.pens = raw.pens.filter((pen): pen is string => typeof pen === 'string').slice(0, 50);
  const from = numberOf(raw.from);
  const to = numberOf(raw.to);
  if (from !== undefined && to !== undefined && to > from) Object.assign(search, { from, to });
  const span = numberOf(raw.span);
  if (span !== undefined && span > 0) search.span = span;
  const compare = numberOf(raw.compare);
  if (compare !== undefined && compare > 0) search.compare = compare;
  return search;
}

export function penOf(text: string): { asset_id: string; tag_name: string } {
  const cut = text.lastIndexOf('/');
  return { asset_id: text.slice(0, cut), tag_name: text.slice(cut + 1) };
}
