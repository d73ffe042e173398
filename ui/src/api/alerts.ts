import { queryOptions } from '@tanstack/react-query';
import { get, type Page } from './client';

export interface OpenAlert {
  id: string;
  rule_name: string;
  severity: 'critical' | 'warning' | 'info';
  status: 'active' | 'acknowledged' | 'resolved';
  asset_id: string;
  tag_name: string;
  message: string;
  triggered_at: string;
}

/** What is wrong now, for the alarm bar and the overview. */
export const activeAlertsQuery = queryOptions({
  queryKey: ['alerts', 'active'],
  queryFn: ({ signal }) =>
    get<Page<OpenAlert>>('/v1/alerts', { status: 'active', per_page: 100 }, signal),
  refetchInterval: 5000,
});
