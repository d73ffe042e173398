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

export const PENS_MAX = 50;

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export function explorerSearch(raw: Record<string, unknown>): ExplorerSearch {
  const search: ExplorerSearch = {};
  if (Array.isArray(raw.pens))
    search.pens = raw.pens.filter((pen): pen is string => typeof pen === 'string').slice(0, PENS_MAX);
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

/** The query of the raw points of a view, as the API takes it. */
export function queryOf(pens: string[], from: number, to: number): string {
  const query = new URLSearchParams();
  for (const asset of new Set(pens.map((pen) => penOf(pen).asset_id))) query.append('asset_id', asset);
  for (const tag of new Set(pens.map((pen) => penOf(pen).tag_name))) query.append('tag_name', tag);
  query.set('start', new Date(from).toISOString());
  query.set('end', new Date(to).toISOString());
  query.set('limit', '100000');
  return `/v1/telemetry?${query}`;
}

const quoted = (text: string) => JSON.stringify(text);

/** The same view as a line for the shell. */
export const asCurl = (origin: string, query: string): string =>
  `curl -H "Authorization: Bearer $TWINEDGE_API_KEY" '${origin}${query.replaceAll("'", '%27')}'`;

/** The same view as a script of a data scientist, with nothing but what pip knows. */
export function asPython(origin: string, query: string): string {
  const parameters = [...new URL(query, origin).searchParams].map(([name, value]) => `    (${quoted(name)}, ${quoted(value)}),`);
  return [
    'import io, os', 'import httpx, pandas as pd', '', 'answer = httpx.get(', `    ${quoted(`${origin}/v1/telemetry`)},`,
    '    params=[', ...parameters.map((line) => `    ${line}`), '    ],',
    '    headers={"Authorization": f"Bearer {os.environ[\'TWINEDGE_API_KEY\']}", "Accept": "application/vnd.apache.parquet"},',
    ').raise_for_status()', 'points = pd.read_parquet(io.BytesIO(answer.content))', 'print(points)', '',
  ].join('\n');
}
