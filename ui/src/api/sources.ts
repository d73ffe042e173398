import { queryOptions } from '@tanstack/react-query';
import { all, get, send, type Page } from './client';
import type { Scalar } from '../lib/format';

export interface Source {
  id: string; name: string; type: string; endpoint: string; config: Record<string, unknown>; enabled: boolean;
  status: 'connected' | 'disconnected'; state: string; last_error: string | null; last_data_at: string | null;
  tag_count: number; points_per_second: number;
}
export interface SourceTag { id: string; address: unknown; asset_id: string; tag_name: string; unit: string | null; interval_ms: number | null; state: string; error: string | null }
export interface Field {
  type?: string; title?: string; description?: string; default?: unknown; enum?: string[]; anyOf?: Field[]; $ref?: string;
  items?: Field; properties?: Record<string, Field>; minimum?: number; maximum?: number; format?: string; const?: unknown;
}
export interface Schema extends Field { required?: string[]; $defs?: Record<string, Field> }
export interface SourceType { type: string; title: string; schema: Schema; secrets: string[] }
export interface Draft { name: string; type: string; config: Record<string, unknown> }
export interface TestReport { ok: boolean; latency_ms: number; steps: { name: string; ok: boolean; ms: number; detail: string; hint: string | null }[] }
export interface BrowseNode { node: string; name: string; has_children: boolean; address: string | null; data_type: string | null; unit: string | null; value: unknown }
export interface Reading { address: string; value: Scalar; quality: string; error: string | null }

export const sourcesQuery = queryOptions({
  queryKey: ['sources'], queryFn: ({ signal }) => all<Source>('/v1/data-sources', {}, signal), refetchInterval: 3000,
});
export const sourceQuery = (id: string) => queryOptions({
  queryKey: ['sources', id], refetchInterval: 3000,
  queryFn: async ({ signal }) => (await get<{ data: Source }>(`/v1/data-sources/${id}`, {}, signal)).data,
});
export const sourceTagsQuery = (id: string) => queryOptions({
  queryKey: ['sources', id, 'tags'], refetchInterval: 5000,
  queryFn: ({ signal }) => all<SourceTag>(`/v1/data-sources/${id}/tags`, {}, signal),
});
export const typesQuery = queryOptions({
  queryKey: ['source-types'], queryFn: ({ signal }) => all<SourceType>('/v1/data-source-types', {}, signal), staleTime: Infinity,
});

const bare = ({ type, config }: Draft) => ({ type, config });

export const testDraft = async (draft: Draft) =>
  (await send<{ data: TestReport }>('POST', '/v1/data-sources/test', bare(draft))).data;
export const browseDraft = async (draft: Draft, node: string | null, search: string) =>
  (await send<Page<BrowseNode>>('POST', '/v1/data-sources/browse', {
    ...bare(draft), ...(node === null ? {} : { node }), ...(search ? { search } : {}),
  })).data;
export const readDraft = async (draft: Draft, addresses: string[]) =>
  (await send<Page<Reading>>('POST', '/v1/data-sources/preview', { ...bare(draft), addresses })).data;
