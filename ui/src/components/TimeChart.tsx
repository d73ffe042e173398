/** Curves over time: min-max band with mean, an axis per unit, gaps, cursor, marks, table, keyboard, live. */
import { Button, Group, Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { holdTail, tailOf } from '../api/tail';
import { formatNumber, formatTime } from '../lib/format';
import { values as texts } from '../lib/texts/values';
import { zone } from '../lib/zone';
import { append, columnsOf, extentOf, padded, valueAt, type Columns, type Trace } from './chart/columns';
import { DataTable } from './chart/DataTable';
import { marksAt, type Band, type Decor, type Mark, type Threshold } from './chart/decor';
import { frames } from './chart/frames';
import { bindGestures } from './chart/gestures';
import { LegendLine, LegendTable, reachOf } from './chart/Legend';
import { makePlot, dress, inkOf, unitsOf } from './chart/plot';
import { bounded, panned, zoomed, type Span } from './chart/span';
import { makeTip } from './chart/tip';

export type { Trace } from './chart/columns';
export type { Band, Mark, Threshold } from './chart/decor';

interface TimeChartProps {
  label: string;
  traces: Trace[];
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  height?: number;
  thresholds?: Threshold[];
  /** The value axis reaches to the thresholds, however far from the curves they are. */
  fitThresholds?: boolean;
  bands?: Band[];
  marks?: Mark[];
  legend?: 'line' | 'table' | 'none';
  /** The right edge is now and moves with the clock; points that arrive are drawn at once. */
  live?: boolean;
  /** Asked to show another range when a gesture has come to rest; without it the chart cannot be zoomed. */
  onRange?: (from: number, to: number) => void;
  /** Told of the range all the while a gesture lasts, so that finer data can be asked for. */
  onMove?: (from: number, to: number) => void;
  /** When given, a dragged period is handed here in place of zooming. */
  onSelect?: (from: number, to: number) => void;
  /** The wheel zooms by itself; else with Ctrl, so that pages with many charts still scroll. */
  wheel?: boolean;
  onRemove?: (trace: Trace) => void;
}

const REST_MS = 180;
const SHORTEST_S = 1;
const LONGEST_S = 10 * 366 * 86_400;
const NO_DECOR: never[] = [];
const RANGE_CHECK_MS = 500;
const FRAME_MS = 16;

/** What one chart holds outside React: changed by every frame, drawn without rendering. */
interface Held {
  plot: uPlot | null;
  columns: Columns;
  view: Span;
  /** Rows taken from each trace's tail. */
  seen: number[];
  isMoving: boolean;
  rangedAt: number;
}

export function TimeChart(props: TimeChartProps) {
  const { label, traces, from, to, height = 260, thresholds, bands, marks, legend = 'line', live = false, onRange, wheel = false } = props;
  const isDark = useComputedColorScheme('light') === 'dark';
  const host = useRef<HTMLDivElement>(null);
  const held = useRef<Held>({ plot: null, columns: [[]], view: { from: from / 1000, to: to / 1000 }, seen: [], isMoving: false, rangedAt: 0 });
  const calls = useRef(props);
  calls.current = props;
  const decor = useRef<Decor>({ thresholds: [], bands: [], marks: [] });
  decor.current = { thresholds: thresholds ?? NO_DECOR, bands: bands ?? NO_DECOR, marks: marks ?? NO_DECOR };
  const [at, setAt] = useState<number | null>(null);
  const [asTable, setAsTable] = useState(false);
  const hint = useId();
  const columns = useMemo(() => columnsOf(traces), [traces]);
  const shape = traces.map((t) => `${t.label}|${t.unit}|${t.dashed}|${t.step}`).join('\n');
  const decorShape = JSON.stringify(decor.current);
  const canZoom = onRange !== undefined;

  useEffect(() => {
    if (!live) return;
    const releases = calls.current.traces.filter((t) => !t.dashed).map(holdTail);
    return () => releases.forEach((release) => release());
  }, [shape, live]);

  useEffect(() => {
    const element = host.current;
    if (!element || asTable) return;
    const it = held.current;
    const shown = calls.current.traces;
    let rest = 0;
    let tip: ReturnType<typeof makeTip> | null = null;
    const u = makePlot({
      element, traces: shown, columns: it.columns, height, isDark, decor: () => decor.current,
      onCursor: (plot) => {
        const left = plot.cursor.left ?? -1;
        const t = left >= 0 ? plot.posToVal(left, 'x') : null;
        setAt(t);
        if (t === null || !tip) {
          tip?.(null, []);
          return;
        }
        const rows = shown.map((trace, i) => {
          const value = valueAt(it.columns, trace, i, t, reachOf(it.view));
          return { colour: inkOf(shown, i, isDark), name: trace.label, value: value === null ? '–' : `${formatNumber(value)} ${trace.unit ?? ''}` };
        });
        const notes = marksAt(decor.current.marks, t, reachOf(it.view) / 5).map((mark) => ({ name: mark.label }));
        tip(formatTime(t * 1000), [...rows, ...notes]);
      },
    });
    it.plot = u;
    tip = makeTip(u);
    const settle = () => {
      it.isMoving = false;
      calls.current.onRange?.(Math.round(it.view.from * 1000), Math.round(it.view.to * 1000));
    };
    const move = (span: Span) => {
      if (!calls.current.onRange) return;
      it.view = bounded(span, SHORTEST_S, LONGEST_S);
      it.isMoving = true;
      frames.request(element);
      calls.current.onMove?.(it.view.from * 1000, it.view.to * 1000);
      window.clearTimeout(rest);
      rest = window.setTimeout(settle, REST_MS);
    };
    const release = canZoom
      ? bindGestures(u, {
          view: () => it.view,
          move,
          select: (span) => {
            if (calls.current.onSelect) calls.current.onSelect(Math.round(span.from * 1000), Math.round(span.to * 1000));
            else move(span);
          },
          wheelNeedsCtrl: !wheel,
        })
      : () => undefined;
    const leave = frames.add(element, (now) => paint(it, calls.current, now));
    const watcher = new ResizeObserver(() => u.setSize({ width: Math.max(element.clientWidth, 200), height }));
    watcher.observe(element);
    return () => {
      window.clearTimeout(rest);
      release();
      leave();
      watcher.disconnect();
      u.destroy();
      it.plot = null;
      it.isMoving = false;
    };
    // Data, range and marks are set below: none of them may build a new chart.
  }, [shape, height, asTable, isDark, canZoom, wheel]);

  useEffect(() => {
    const it = held.current;
    it.columns = columns;
    it.seen = [];
    it.rangedAt = 0;
    if (!it.isMoving) it.view = { from: from / 1000, to: to / 1000 };
    if (it.plot) {
      dress(it.plot, calls.current.traces);
      it.plot.setData(columns as uPlot.AlignedData, false);
    }
    if (host.current) frames.request(host.current);
  }, [columns, from, to, shape, asTable, isDark, height, decorShape, live, props.fitThresholds]);

  const nudge = (span: Span) => {
    const next = bounded(span, SHORTEST_S, LONGEST_S);
    onRange?.(Math.round(next.from * 1000), Math.round(next.to * 1000));
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const u = held.current.plot;
    const { view } = held.current;
    const sign = event.key === 'ArrowLeft' || event.key === 'PageUp' ? -1 : 1;
    if (event.key === '+' || event.key === '=') nudge(zoomed(view, 0.5));
    else if (event.key === '-') nudge(zoomed(view, 2));
    else if (event.key === 'PageUp' || event.key === 'PageDown') nudge(panned(view, sign * 0.5));
    else if (event.key === 'Escape') u?.setCursor({ left: -10, top: -10 });
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      if (event.shiftKey) nudge(panned(view, sign * 0.25));
      else if (u) {
        const left = at === null ? u.over.clientWidth / 2 : u.valToPos(at, 'x') + sign * 5;
        u.setCursor({ left: Math.min(Math.max(left, 0), u.over.clientWidth), top: 20 });
      }
    } else return;
    event.preventDefault();
  };
  const isEmpty = traces.every((t) => t.t.length === 0);
  const view = { from: from / 1000, to: to / 1000 };
  const legendProps = { traces, columns: held.current.columns.length === columns.length ? held.current.columns : columns, isDark, at, view };

  return (
    <div>
      {asTable ? (
        <DataTable traces={traces} view={view} label={label} height={height} />
      ) : (
        <div style={{ position: 'relative' }}>
          <div
            ref={host}
            role="application"
            aria-label={`${label}: ${traces.map((t) => t.label).join(', ')}`}
            aria-describedby={hint}
            tabIndex={0}
            onKeyDown={onKeyDown}
            style={{ minHeight: height }}
          />
          {isEmpty && (
            <Text c="dimmed" size="sm" style={{ position: 'absolute', top: '40%', width: '100%', textAlign: 'center', pointerEvents: 'none' }}>
              {texts.noData}
            </Text>
          )}
        </div>
      )}
      {legend === 'table' && traces.length > 0 && (
        <LegendTable {...legendProps} {...(props.onRemove ? { onRemove: props.onRemove } : {})} />
      )}
      <Group justify="space-between" gap="xs" mt={4} wrap="nowrap" align="start">
        {legend === 'line' ? <LegendLine {...legendProps} /> : <Text size="xs" c="dimmed">{texts.zone(zone())}</Text>}
        <Button size="compact-xs" variant="subtle" style={{ flexShrink: 0 }} onClick={() => setAsTable(!asTable)}>
          {asTable ? texts.asChart : texts.asTable}
        </Button>
      </Group>
      <span id={hint} hidden>{texts.chartKeys} {texts.zone(zone())}</span>
    </div>
  );
}

/** One frame: take what arrived, set the range, let uPlot draw. Answers when to come again, in ms. */
function paint(it: Held, { traces, live, thresholds, fitThresholds }: TimeChartProps, now: number): number | undefined {
  const u = it.plot;
  if (!u) return undefined;
  const hasNew = live ? takeTails(it, traces) : false;
  if (live && !it.isMoving) {
    const width = it.view.to - it.view.from;
    const right = Math.max(Date.now() / 1000, it.view.from);
    it.view = { from: right - width, to: right };
  }
  const { view } = it;
  u.batch(() => {
    if (hasNew) u.setData(it.columns as uPlot.AlignedData, false);
    u.setScale('x', { min: view.from, max: view.to });
    if (hasNew && now - it.rangedAt < RANGE_CHECK_MS) return;
    it.rangedAt = now;
    for (const unit of unitsOf(traces)) {
      const own = traces.flatMap((t, i) => ((t.unit ?? '') === unit ? [i] : []));
      const found = extentOf(it.columns, own, view.from, view.to);
      if (found && fitThresholds)
        for (const { value } of thresholds ?? []) Object.assign(found, { low: Math.min(found.low, value), high: Math.max(found.high, value) });
      // on and off look the same whichever of them is shown
      const isState = found !== null && found.low >= 0 && found.high <= 1 && own.every((i) => traces[i]?.step);
      const [min, max] = found ? padded(isState ? { low: 0, high: 1 } : found) : [0, 1];
      u.setScale(`y:${unit}`, { min, max });
    }
  });
  if (!live) return undefined;
  const pixel_ms = ((view.to - view.from) * 1000) / Math.max(u.over.clientWidth, 1);
  return Math.min(Math.max(pixel_ms, FRAME_MS), 1000);
}

/** Append the points that came by the live socket; answers whether there were any. */
function takeTails(it: Held, traces: Trace[]): boolean {
  let hasNew = false;
  traces.forEach((trace, i) => {
    const tail = trace.dashed ? undefined : tailOf(trace);
    if (!tail || tail.pushed === it.seen[i]) return;
    it.seen[i] = tail.pushed;
    tail.after(lastOf(it.columns, i), (t, value) => {
      append(it.columns, i, t, value);
      hasNew = true;
    });
  });
  return hasNew;
}

/** The time of a trace's last point, in seconds. */
function lastOf(columns: Columns, trace: number): number {
  const times = columns[0] as number[];
  const values = columns[1 + 3 * trace] ?? [];
  for (let i = times.length - 1; i >= 0; i -= 1) if (values[i] != null) return times[i] ?? 0;
  return 0;
}
