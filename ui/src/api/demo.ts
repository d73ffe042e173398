/** The simulated plant beside the server. */
import { queryOptions } from '@tanstack/react-query';
import { get, send } from './client';

export interface DemoPlant {
  state: 'off' | 'starting' | 'running' | 'failed';
  /** What is being made now, in words. */
  step: string;
  error: string | null;
  /** It was started here before: starting it again mixes nothing. */
  is_ours: boolean;
}

const PATH = '/v1/system/demo';
const WATCH_MS = 1000;
const REST_MS = 15_000;

export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: async ({ signal }) => (await get<{ data: DemoPlant }>(PATH, {}, signal)).data,
  refetchInterval: ({ state }) => (state.data?.state === 'starting' ? WATCH_MS : REST_MS),
});
export const startDemo = async () => (await send<{ data: DemoPlant }>('POST', PATH, {})).data;
export const stopDemo = async () => (await send<{ data: DemoPlant }>('DELETE', PATH)).data;
