import { queryOptions } from '@tanstack/react-query';
import { all, call, getTagged, send, type Page } from './client';
import type { Scalar } from '../lib/format';

export interface Source {
  id: string; name: string; type: string; endpoint: string; config: Record<string, unknown>; enabled: boolean;
  status: 'connected' | 'disconnected'; state: string; last_error: string | null; last_data_at: string | null;
  tag_count: number; points_per_second: number;
}
export interface Deadband { type: 'absolute' | 'percent'; value: number }
/** A tag as a client writes it. */
export interface TagDraft {
  address: unknown; asset_id: string; tag_name: string; data_type?: string | null; length?: number | null; word_order?: string; byte_order?: string;
  bit?: number | null; scale?: number | null; offset?: number | null; unit?: string | null; interval_ms?: number | null; deadband?: Deadband | null; enabled?: boolean;
}
export interface SourceTag extends TagDraft { id: string; unit: string | null; interval_ms: number | null; enabled: boolean; state: 'ok' | 'waiting' | 'fault' | 'disabled'; error: string | null }
export const DATA_TYPES = ['bool', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64', 'string', 'bcd16', 'bcd32'];
export interface Field {
  type?: string; title?: string; description?: string; default?: unknown; enum?: string[]; anyOf?: Field[]; $ref?: string;
  items?: Field; properties?: Record<string, Field>; minimum?: number; maximum?: number; format?: string; const?: unknown;
}
export interface Schema extends Field { required?: string[]; $defs?: Record<string, Field> }
export interface SourceType { type: string; title: string; schema: Schema; secrets: string[] }
/** `id`: of a saved source, whose secrets stand in for masks. */
export interface Draft { id?: string; name: string; type: string; config: Record<string, unknown> }
export interface TestReport { ok: boolean; latency_ms: number; steps: { name: string; ok: boolean; ms: number; detail: string; hint: string | null }[] }
export interface BrowseNode { node: string; name: string; has_children: boolean; address: string | null; data_type: string | null; unit: string | null; value: unknown; description?: string | null }
export interface Reading { address: string; value: Scalar; quality: string; error: string | null; data_type: string | null; alternatives?: Record<string, Scalar> }

export const sourceAt = (id: string): string => `/v1/data-sources/${encodeURIComponent(id)}`;
const tagAt = (source: string, id: string): string => `${sourceAt(source)}/tags/${encodeURIComponent(id)}`;

export const sourcesQuery = queryOptions({
  queryKey: ['sources'], queryFn: ({ signal }) => all<Source>('/v1/data-sources', {}, signal), refetchInterval: 3000,
});
export const sourceQuery = (id: string) => queryOptions({
  queryKey: ['sources', id], refetchInterval: 3000,
  queryFn: ({ signal }) => getTagged<Source>(sourceAt(id), signal),
});
export const sourceTagsQuery = (id: string) => queryOptions({
  queryKey: ['sources', id, 'tags'], refetchInterval: 5000,
  queryFn: ({ signal }) => all<SourceTag>(`${sourceAt(id)}/tags`, {}, signal),
});
/** One tag as it is now, with its ETag. */
export const getTag = (source: string, id: string, signal?: AbortSignal) => getTagged<SourceTag>(tagAt(source, id), signal);
export const putTag = (source: string, id: string, draft: TagDraft, etag: string | undefined) => send('PUT', tagAt(source, id), draft, etag);
export const removeTag = (source: string, id: string) => send('DELETE', tagAt(source, id));
/** Name, settings and switch of a source; tags have paths of their own. */
export const putSource = (id: string, body: Pick<Source, 'name' | 'config' | 'enabled'>, etag: string | undefined) => send('PUT', sourceAt(id), body, etag);

export const typesQuery = queryOptions({
  queryKey: ['source-types'], queryFn: ({ signal }) => all<SourceType>('/v1/data-source-types', {}, signal), staleTime: Infinity,
});

const bare = ({ id, type, config }: Draft) => (id === undefined ? { type, config } : { id, type, config });

export const testDraft = async (draft: Draft) =>
  (await send<{ data: TestReport }>('POST', '/v1/data-sources/test', bare(draft))).data;
export const browseDraft = async (draft: Draft, node: string | null, search: string) =>
  (await send<Page<BrowseNode>>('POST', '/v1/data-sources/browse', {
    ...bare(draft), ...(node === null ? {} : { node }), ...(search ? { search } : {}),
  })).data;
export const readDraft = async (draft: Draft, addresses: string[]) =>
  (await send<Page<Reading>>('POST', '/v1/data-sources/preview', { ...bare(draft), addresses })).data;

interface TagNamed { asset_id: string; tag_name: string }
export interface TagDifference { dry_run: boolean; added: TagNamed[]; changed: (TagNamed & { changes?: unknown; fields?: unknown })[]; removed: TagNamed[]; unchanged: number }

/** Tags from CSV; `isTrial` only answers what would change. */
export async function importTags(id: string, csv: string, isReplacing: boolean, isTrial: boolean): Promise<TagDifference> {
  const url = new URL(`${sourceAt(id)}/tags/import`, location.origin);
  url.searchParams.set('mode', isReplacing ? 'replace' : 'merge');
  url.searchParams.set('dry_run', String(isTrial));
  const answer = await call(new Request(url, { method: 'POST', body: csv, headers: { 'Content-Type': 'text/csv' } }));
  return ((await answer.json()) as { data: TagDifference }).data;
}
