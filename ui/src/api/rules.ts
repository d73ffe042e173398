/** Alert rules as the server keeps them. */
import { queryOptions } from '@tanstack/react-query';
import { all } from './client';
import type { Severity } from './alerts';

export type Operator = 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq' | 'between' | 'outside';
export type Limit = number | string | boolean | [number, number];

/** Any condition: exactly one of the forms' fields is there. Times stand on the outermost only. */
export interface Condition {
  tag_name?: string;
  asset_id?: string;
  model_id?: string;
  operator?: Operator;
  value?: Limit;
  clear_value?: number;
  deadband?: number;
  rate_of_change?: { per: 'second' | 'minute' | 'hour'; window_seconds: number };
  stale_seconds?: number;
  all?: Condition[];
  any?: Condition[];
  duration_seconds?: number;
  clear_duration_seconds?: number;
}

export interface ClockWindow {
  weekdays: string[];
  from: string;
  to: string;
}

export interface Schedule {
  timezone: string;
  windows: ClockWindow[];
}

export interface EscalationStep {
  after_seconds: number;
  notifications: string[];
}

export interface RuleDraft {
  name: string;
  severity: Severity;
  description: string;
  enabled: boolean;
  data_source_id: string | null;
  asset_id: string | null;
  condition: Condition;
  notifications: string[];
  repeat_seconds: number | null;
  schedule: Schedule | null;
  group_by: 'asset' | 'parent' | 'data_source' | 'rule' | null;
  latching: boolean;
  inhibits: 'none' | 'asset' | 'subtree';
  escalation: EscalationStep[];
}

export interface Rule extends RuleDraft {
  id: string;
  condition_text: string;
  warnings: string[];
  version: number;
}

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => all<Rule>('/v1/alert-rules', {}, signal),
});

/** The conditions that look at something, left to right. */
export function leaves(condition: Condition): Condition[] {
  const parts = condition.all ?? condition.any;
  return parts ? parts.flatMap(leaves) : [condition];
}

/** The limits of one condition as numbers, to be drawn over a trend. */
export function limitsOf(condition: Condition): number[] {
  if (condition.rate_of_change || condition.stale_seconds !== undefined) return [];
  const { value } = condition;
  return Array.isArray(value) ? value : typeof value === 'number' ? [value] : [];
}
