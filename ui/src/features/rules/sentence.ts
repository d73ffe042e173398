/** Rules as the server keeps them, and in plain words. */
import { rules as texts } from '../../lib/texts/rules';

export type Operator = keyof typeof texts.operators;

export interface SimpleCondition {
  tag_name: string;
  operator: Operator;
  value: number | string | boolean | number[];
  duration_seconds?: number;
  [name: string]: unknown;
}

export interface Rule {
  id: string;
  name: string;
  severity: 'critical' | 'warning' | 'info';
  enabled: boolean;
  asset_id: string | null;
  condition: Record<string, unknown>;
  notifications: string[];
  version?: number;
  [name: string]: unknown;
}

const SIMPLE = new Set(['tag_name', 'operator', 'value', 'duration_seconds']);

/** Whether the editor shows every part of this condition: it must not drop what it does not know. */
export function isSimple(condition: Record<string, unknown>): boolean {
  return (
    typeof condition['tag_name'] === 'string' &&
    'operator' in condition &&
    Object.entries(condition).every(([name, value]) => SIMPLE.has(name) || value === null)
  );
}

export function sentence(rule: Pick<Rule, 'asset_id' | 'condition' | 'severity'>): string {
  if (!isSimple(rule.condition)) return texts.complex;
  const { tag_name, operator, value, duration_seconds } = rule.condition as SimpleCondition;
  const limit = Array.isArray(value) ? value.join(' and ') : String(value);
  const where = rule.asset_id ? `of ${rule.asset_id}` : 'of any asset';
  const long = duration_seconds ? ` for ${duration_seconds} s` : '';
  return `When ${tag_name} ${where} ${texts.operators[operator]} ${limit}${long}, raise a ${rule.severity} alarm.`;
}
