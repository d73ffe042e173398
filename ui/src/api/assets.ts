import { queryOptions } from '@tanstack/react-query';
import { all, get } from './client';

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
