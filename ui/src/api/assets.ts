import { queryOptions } from '@tanstack/react-query';
import { all, get, send } from './client';

export interface AssetTag {
  tag_name: string;
  kind: string;
  unit: string | null;
  description: string | null;
  data_source_id: string | null;
}

export interface Asset {
  id: string;
  name: string;
  description: string;
  type: string | null;
  parent: string | null;
  tags: AssetTag[];
  version: number;
}

export const assetsQuery = queryOptions({
  queryKey: ['assets'],
  queryFn: ({ signal }) => all<Asset>('/v1/assets', {}, signal),
  refetchInterval: 30_000,
});

export const assetQuery = (id: string) =>
  queryOptions({
    queryKey: ['assets', id],
    queryFn: async ({ signal }) =>
      (await get<{ data: Asset }>(`/v1/assets/${encodeURIComponent(id)}`, {}, signal)).data,
  });

export interface AssetChange {
  name?: string;
  description?: string;
  type?: string | null;
  parent?: string | null;
  /** By tag name. */
  units?: Record<string, string | null>;
}

export const changeAsset = (id: string, change: AssetChange, version: number) =>
  send<{ data: Asset }>('PUT', `/v1/assets/${encodeURIComponent(id)}`, change, version);
