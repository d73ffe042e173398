import { describe, expect, it } from 'vitest';
import type { Rule } from '../../api/rules';
import { limitsOf } from './limits';

const rule = (part: object): Rule => ({ name: 'Hot', severity: 'warning', enabled: true, asset_id: null, condition: { tag_name: 't', operator: 'gt', value: 80 }, ...part }) as Rule;

describe('limits', () => {
  it('are those of rules on the tag, worst first', () => {
    const found = limitsOf([rule({}), rule({ severity: 'critical', condition: { tag_name: 't', operator: 'outside', value: [1, 9] } })], 'a', 't');
    expect(found.map((it) => [it.severity, it.words, it.values])).toEqual([['critical', '↮ 1 … 9', [1, 9]], ['warning', '> 80', [80]]]);
  });
  it('are not those of other assets, disabled rules or rates', () => {
    const rate = { tag_name: 't', operator: 'gt', value: 1, rate_of_change: { per: 'minute', window_seconds: 60 } };
    expect(limitsOf([rule({ asset_id: 'b' }), rule({ enabled: false }), rule({ condition: rate })], 'a', 't')).toEqual([]);
  });
});
