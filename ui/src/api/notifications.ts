/** Channels, routes, maintenance windows, and what was sent. */
import { queryOptions } from '@tanstack/react-query';
import { all, get, type Page } from './client';
import type { Severity } from './alerts';
import type { Schedule } from './rules';
import type { Schema } from './sources';

export interface Channel {
  id: string;
  name: string;
  type: string;
  enabled: boolean;
  configured: boolean;
  config: Record<string, unknown>;
  quiet_hours: { schedule: Schedule; except_severities: Severity[] } | null;
  template: { subject: string; body: string } | null;
  max_per_minute: number | null;
  version: number;
}

export interface ChannelType {
  type: string;
  config_schema: Schema;
  secrets: string[];
}

export interface AlertScope {
  severities: Severity[];
  asset_ids: string[];
  data_source_ids: string[];
  rule_ids: string[];
}

export interface NotificationRoute {
  id: string;
  name: string;
  enabled: boolean;
  scope: AlertScope;
  schedule: Schedule | null;
  notifications: string[];
  version: number;
}

export interface MaintenanceWindow {
  id: string;
  name: string;
  reason: string;
  start: string | null;
  end: string | null;
  schedule: Schedule | null;
  scope: AlertScope;
  active: boolean;
  version: number;
}

export type DeliveryStatus = 'pending' | 'held' | 'sent' | 'failed' | 'skipped' | 'merged';

export interface Delivery {
  id: string;
  channel_id: string;
  channel: string;
  event: string;
  status: DeliveryStatus;
  alert_id: string | null;
  title: string;
  text: string;
  detail: string | null;
  attempts: { timestamp: string; ok: boolean; duration_ms: number; detail: string }[];
  created_at: string;
}

export interface TestOutcome {
  ok: boolean;
  detail: string;
  duration_ms: number;
}

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => all<Channel>('/v1/notification-channels', {}, signal),
});
export const channelTypesQuery = queryOptions({
  queryKey: ['channel-types'],
  queryFn: async ({ signal }) => (await get<{ data: ChannelType[] }>('/v1/notification-channels/types', {}, signal)).data,
  staleTime: Infinity,
});
export const routesQuery = queryOptions({
  queryKey: ['notification-routes'],
  queryFn: ({ signal }) => all<NotificationRoute>('/v1/notification-routes', {}, signal),
});
export const windowsQuery = queryOptions({
  queryKey: ['maintenance-windows'],
  queryFn: ({ signal }) => all<MaintenanceWindow>('/v1/maintenance-windows', {}, signal),
  refetchInterval: 30_000,
});
export const deliveriesQuery = (filter: { alert_id?: string; status?: string; channel_id?: string }, page = 1) =>
  queryOptions({
    queryKey: ['deliveries', filter, page],
    queryFn: ({ signal }) => get<Page<Delivery>>('/v1/notification-deliveries', { ...filter, page, per_page: 50 }, signal),
    refetchInterval: 5000,
  });
