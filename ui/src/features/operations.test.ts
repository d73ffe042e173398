/** The pure rules of alarms, dashboards, rules and settings. */
import { describe, expect, it } from 'vitest';
import { withNews, type Alert, type OpenAlerts } from '../api/alerts';
import type { RuleDraft } from '../api/rules';
import { rowsOf } from './alerts/rows';
import { freePlace, overlap, placed, placeUnder, type Widget } from './dashboards/grid';
import { blocksOf, inlineOf } from './dashboards/widgets/markdown';
import { spansOf } from './dashboards/widgets/StateTimeline';
import { asScalar } from './rules/ConditionEditor';
import { sentence } from './rules/sentence';
import { formatBytes } from '../lib/sizes';
import { parseMetrics } from './settings/metrics';

const alert = (id: string, change: Partial<Alert> = {}): Alert => ({
  id, rule_id: 'r', rule_name: 'Rule', severity: 'warning', status: 'active', state: 'unacknowledged', data_source_id: null, asset_id: 'A', tag_name: 't',
  value: 1, last_value: 1, message: 'm', note: null, triggered_at: '2026-01-01T00:00:00Z', acknowledged_at: null, acknowledged_by: null, resolved_at: null,
  resolved_by: null, cleared_at: null, occurrences: 1, flapping: false, shelved_until: null, suppressed_by: null, maintenance_window_id: null, limit: null,
  members: [], member_count: 0, members_open: 0, history: [], ...change,
});

describe('open alerts', () => {
  const before: OpenAlerts = { alerts: [alert('a')], total: 1 };

  it('take in new ones, change known ones, let go of resolved ones', () => {
    expect(withNews(before, alert('b')).total).toBe(2);
    expect(withNews(before, alert('a', { status: 'acknowledged' })).alerts[0]?.status).toBe('acknowledged');
    expect(withNews(before, alert('a', { status: 'resolved' }))).toEqual({ alerts: [], total: 0 });
  });

  it('stand unacknowledged first, then by priority, then newest', () => {
    const alerts = [
      alert('done', { state: 'acknowledged', severity: 'critical' }), alert('info', { severity: 'info' }),
      alert('old'), alert('new', { triggered_at: '2026-01-02T00:00:00Z' }), alert('critical', { severity: 'critical' }),
    ];
    expect(rowsOf(alerts, { view: 'attention' }, new Set()).map((row) => row.alert.id)).toEqual(['critical', 'new', 'old', 'info', 'done']);
  });

  it('fold what another explains below it', () => {
    const alerts = [alert('source'), alert('tag', { state: 'suppressed', suppressed_by: 'source' })];
    expect(rowsOf(alerts, { view: 'attention' }, new Set()).map((row) => [row.alert.id, row.explains])).toEqual([['source', 1]]);
    expect(rowsOf(alerts, { view: 'attention' }, new Set(['source'])).map((row) => row.alert.id)).toEqual(['source', 'tag']);
  });
});

describe('the grid', () => {
  const widget = (id: string, x: number, y: number, w = 6, h = 4): Widget => ({ id, type: 'text', title: '', options: {}, x, y, w, h });

  it('pushes down what is in the way, and nothing else', () => {
    const moved = placed([widget('a', 0, 0), widget('b', 0, 4), widget('c', 12, 0)], 'a', { x: 0, y: 2, w: 6, h: 4 }, 24);
    expect(moved?.map(({ y }) => y)).toEqual([2, 6, 0]);
  });

  it('never overlaps, whatever is moved where', () => {
    let widgets = Array.from({ length: 12 }, (_, i) => widget(String(i), (i % 4) * 6, Math.floor(i / 4) * 4));
    for (let i = 0; i < 200; i += 1) widgets = placed(widgets, String((i * 7) % 12), { x: (i * 5) % 18, y: (i * 3) % 9, w: 3 + (i % 4), h: 2 + (i % 5) }, 24) ?? widgets;
    for (const one of widgets) for (const other of widgets) expect(one !== other && overlap(one, other)).toBe(false);
  });

  it('refuses places outside, and finds the first free one', () => {
    expect(placed([widget('a', 0, 0)], 'a', { x: 20, y: 0, w: 6, h: 4 }, 24)).toBeNull();
    expect(freePlace([widget('a', 0, 0, 18)], 6, 4, 24)).toEqual({ x: 18, y: 0, w: 6, h: 4 });
  });

  it('finds the place under the pointer, kept inside the grid', () => {
    const grid = { left: 100, top: 50, width: 960 - 8, height: 600 };
    const under = (x: number, y: number) => placeUnder(grid, x, y, { w: 6, h: 4 }, 24);
    expect(under(100 + 12 * 40 + 5, 50 + 42 * 3 + 1)).toEqual({ x: 9, y: 3, w: 6, h: 4 });
    expect(under(101, 51)).toEqual({ x: 0, y: 0, w: 6, h: 4 });
    expect(under(100 + 950, 51)?.x).toBe(18);
    expect(under(90, 60)).toBeNull();
  });
});

describe('text widgets', () => {
  it('know headings, lists and emphasis', () => {
    expect(blocksOf('# A\n- one\n- **two**\n\nend').map((block) => block.kind)).toEqual(['heading', 'list', 'paragraph']);
    expect(inlineOf('a **b** `c`').map((part) => part.kind)).toEqual(['text', 'bold', 'text', 'code']);
  });

  it('link only to pages, never to scripts or to other hosts by stealth', () => {
    for (const href of ['javascript:alert(1)', 'data:text/html,x', '//evil.example'])
      expect(inlineOf(`[x](${href})`).some((part) => part.kind === 'link')).toBe(false);
    expect(inlineOf('[x](https://example.com)')[0]).toMatchObject({ kind: 'link' });
    expect(inlineOf('[x](/alarms)')[0]).toMatchObject({ kind: 'link' });
  });
});

describe('states over time', () => {
  it('last until the next, and join when they are the same', () => {
    const spans = spansOf([{ ts: 0, state: 1 }, { ts: 10, state: 1 }, { ts: 20, state: 0 }], 30);
    expect(spans).toEqual([{ from: 0, to: 20, state: 1 }, { from: 20, to: 30, state: 0 }]);
  });
});

describe('rules in words', () => {
  const rule: RuleDraft = {
    name: 'n', severity: 'info', description: '', enabled: true, data_source_id: null, asset_id: null, condition: {}, notifications: [], repeat_seconds: null,
    schedule: null, group_by: null, latching: false, inhibits: 'none', escalation: [],
  };

  it('name tag, asset, limit, duration and end', () => {
    const condition = { tag_name: 'temperature', operator: 'gt', value: 80, duration_seconds: 90, deadband: 2 } as const;
    expect(sentence({ ...rule, asset_id: 'P1', condition })).toBe(
      'When temperature of P1 is above 80 for 1 min 30 s, raise an info alarm; it ends 2 beyond the limit. Nobody is told by it.',
    );
  });

  it('join the parts of a group', () => {
    const condition = { any: [{ tag_name: 'a', stale_seconds: 5 }, { tag_name: 'b', operator: 'between', value: [1, 2] as [number, number] }] } as RuleDraft['condition'];
    expect(sentence({ ...rule, condition, notifications: ['email'] })).toBe(
      'When a of any asset has sent nothing for 5 s or b of any asset is between 1 and 2, raise an info alarm. Tell email.',
    );
  });

  it('read numbers, truths and texts as such', () => {
    expect([asScalar('5'), asScalar('true'), asScalar('5 bar'), asScalar('05')]).toEqual([5, true, '5 bar', '05']);
  });
});

describe('figures of the system', () => {
  it('are read from the text Prometheus reads', () => {
    expect(parseMetrics('# HELP x\nx 1.5e3\ny{state="a b"} 2\n')).toEqual([{ name: 'x', labels: '', value: 1500 }, { name: 'y', labels: 'state="a b"', value: 2 }]);
    expect([formatBytes(0), formatBytes(999), formatBytes(1_500_000)]).toEqual(['0 B', '999 B', '1.5 MB']);
  });
});
