/** Alerts: the open ones kept new by the live socket, the rest by question. */
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call, get, send, type Page } from './client';
import { live } from './live';
import type { Scalar } from '../lib/format';

export type Severity = 'critical' | 'warning' | 'info';
export type AlertState =
  | 'unacknowledged' | 'cleared_unacknowledged' | 'acknowledged' | 'shelved' | 'suppressed' | 'out_of_service' | 'resolved';

export interface Transition {
  event: string;
  timestamp: string;
  actor: string;
  note: string | null;
}

export interface Member {
  asset_id: string;
  tag_name: string | null;
  last_value: Scalar;
  message: string;
  triggered_at: string;
  resolved_at: string | null;
}

export interface Alert {
  id: string;
  rule_id: string | null;
  rule_name: string;
  severity: Severity;
  status: 'active' | 'acknowledged' | 'resolved';
  state: AlertState;
  data_source_id: string | null;
  asset_id: string | null;
  tag_name: string | null;
  value: Scalar;
  last_value: Scalar;
  message: string;
  note: string | null;
  triggered_at: string;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  resolved_at: string | null;
  resolved_by: string | null;
  cleared_at: string | null;
  occurrences: number;
  flapping: boolean;
  shelved_until: string | null;
  suppressed_by: string | null;
  maintenance_window_id: string | null;
  /** What the value is beyond, in words with the unit. */
  limit: string | null;
  /** Of a rule that groups: its assets. */
  members: Member[];
  member_count: number;
  members_open: number;
  history: Transition[];
}

export type OpenAlert = Alert;
export const SEVERITIES: Severity[] = ['critical', 'warning', 'info'];
const OPEN = ['alerts', 'open'];
/** More open alarms than these are no console any more; the page says that some are left out. */
const PAGES_MAX = 20;
const SLOW_MS = 30_000;

export interface OpenAlerts {
  alerts: Alert[];
  total: number;
}

/** Pages of the list, which has unresolved alerts first, until the first resolved one. */
async function openAlerts(signal: AbortSignal): Promise<OpenAlerts> {
  const parts = await Promise.all(
    (['active', 'acknowledged'] as const).map(async (status) => {
      const found: Alert[] = [];
      for (let page = 1; page <= PAGES_MAX; page += 1) {
        const { data, meta } = await get<Page<Alert>>('/v1/alerts', { status, page, per_page: 100 }, signal);
        found.push(...data);
        if (data.length === 0 || found.length >= meta.total) return { found, total: meta.total };
      }
      return { found, total: found.length };
    }),
  );
  return { alerts: parts.flatMap((part) => part.found), total: parts.reduce((sum, part) => sum + part.total, 0) };
}

/** Everything not resolved. News come by the socket; asking now and then covers what it cannot. */
export const openAlertsQuery = queryOptions({
  queryKey: OPEN,
  queryFn: ({ signal }) => openAlerts(signal),
  refetchInterval: () => (live.state === 'live' ? SLOW_MS : 5000),
});

/** What is wrong now and nobody has taken on, for tiles and lists. */
export const activeAlertsQuery = queryOptions({
  ...openAlertsQuery,
  select: ({ alerts }: OpenAlerts) => {
    const data = alerts.filter((alert) => alert.status === 'active');
    return { data, meta: { page: 1, per_page: data.length, total: data.length } };
  },
});

/** Whether people should hear of it: open, and not shelved, suppressed or out of service. */
export const isUrgent = (alert: Alert): boolean =>
  alert.state === 'unacknowledged' || alert.state === 'cleared_unacknowledged';

const rank = (alert: Alert): number => (isUrgent(alert) ? 0 : alert.state === 'acknowledged' ? 10 : 20) + SEVERITIES.indexOf(alert.severity);

/** Unacknowledged before the rest, by priority, newest first. */
export const byUrgency = (a: Alert, b: Alert): number =>
  rank(a) - rank(b) || b.triggered_at.localeCompare(a.triggered_at) || b.id.localeCompare(a.id);

/** The open alerts after one piece of news. */
export function withNews(before: OpenAlerts, news: Alert): OpenAlerts {
  const others = before.alerts.filter((alert) => alert.id !== news.id);
  const alerts = news.status === 'resolved' ? others : [...others, news];
  return { alerts, total: before.total + alerts.length - before.alerts.length };
}

/** Keep the open alerts new for as long as the returned function is not called. */
export function followAlerts(client: QueryClient, onRaised: (alert: Alert) => void): () => void {
  return live.follow('alerts', {
    onNews: (data) => {
      const alert = data as Alert;
      const before = client.getQueryData<OpenAlerts>(OPEN);
      const isNew = before !== undefined && !before.alerts.some((other) => other.id === alert.id);
      if (before) client.setQueryData<OpenAlerts>(OPEN, withNews(before, alert));
      if (isNew && isUrgent(alert)) onRaised(alert);
      void client.invalidateQueries({ queryKey: ['alerts', 'one', alert.id] });
    },
    onGap: () => void client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

export type Verb = 'acknowledge' | 'resolve' | 'shelve' | 'unshelve';
const AT_ONCE = 8;

/** Do one thing to many alerts, a few at a time; answers what the server said against each refused one. */
export async function changeAlerts(verb: Verb, ids: string[], body?: unknown): Promise<string[]> {
  const faults: string[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const chunk = ids.slice(start, start + AT_ONCE);
    const results = await Promise.allSettled(chunk.map((id) => send('POST', `/v1/alerts/${encodeURIComponent(id)}/${verb}`, body)));
    for (const result of results) if (result.status === 'rejected') faults.push((result.reason as Error).message);
  }
  return faults;
}

export interface AlertFilter {
  status?: string | undefined;
  severity?: string | undefined;
  asset_id?: string | undefined;
  rule_id?: string | undefined;
  q?: string | undefined;
  start?: string | undefined;
  end?: string | undefined;
}

export const alertPage = (filter: AlertFilter, page: number, signal?: AbortSignal) =>
  get<Page<Alert>>('/v1/alerts', { ...filter, page, per_page: 100 }, signal);

/** All pages as one sheet. */
export async function alertSheet(filter: AlertFilter): Promise<string> {
  const url = new URL('/v1/alerts', location.origin);
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) url.searchParams.set(name, String(value));
  return (await call(new Request(url, { headers: { Accept: 'text/csv' } }))).text();
}

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alerts', 'one', id],
    queryFn: async ({ signal }) => (await get<{ data: Alert }>(`/v1/alerts/${encodeURIComponent(id)}`, {}, signal)).data,
  });

export interface Statistics {
  start: string;
  end: string;
  total: number;
  average_per_10min: number;
  peak_per_10min: number;
  percent_in_flood: number;
  floods: { start: string; end: string; count: number }[];
  standing: { id: string; rule_name: string; asset_id: string | null; triggered_at: string; open_hours: number }[];
  chattering: number;
  suppressed: number;
  worst: { rule_id: string | null; rule_name: string; asset_id: string | null; count: number; share: number; chattering: boolean }[];
  priority_mix: Record<Severity, { share: number; target: number }>;
  per_10min: { start: string; count: number }[];
  acknowledge_median_seconds: number | null;
}

export const statisticsQuery = (hours: number) =>
  queryOptions({
    queryKey: ['alerts', 'statistics', hours],
    queryFn: async ({ signal }) => {
      const start = new Date(Date.now() - hours * 3_600_000).toISOString();
      return (await get<{ data: Statistics }>('/v1/alerts/statistics', { start }, signal)).data;
    },
    refetchInterval: SLOW_MS,
  });
