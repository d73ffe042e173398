/** The limits that alert rules set on a tag, for charts and tables. Pure. */
import type { Rule } from '../../api/rules';

export interface Limit {
  rule: string;
  severity: 'critical' | 'warning' | 'info';
  /** Such as "above 80". */
  words: string;
  values: number[];
}

const WORDS: Record<string, string> = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=', neq: '≠', between: '↔', outside: '↮' };

/** Of enabled rules with a plain condition on this tag of this asset, worst first. */
export function limitsOf(rules: Rule[], asset: string, tag: string): Limit[] {
  const order = ['critical', 'warning', 'info'];
  return rules
    .filter((rule) => rule.enabled && rule.condition.tag_name === tag && (rule.asset_id === null || rule.asset_id === asset))
    .flatMap(({ name, severity, condition }): Limit[] => {
      const { operator, value, rate_of_change: rate } = condition;
      const values = (Array.isArray(value) ? value : [value]).filter((it): it is number => typeof it === 'number');
      if (!operator || rate || values.length === 0) return [];
      return [{ rule: name, severity, words: `${WORDS[operator] ?? operator} ${values.join(' … ')}`, values }];
    })
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
