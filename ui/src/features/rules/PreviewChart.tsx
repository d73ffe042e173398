/** A tag over the past with the rule's limits as lines one can drag, and its alarms as shaded spans. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Curve } from '../../api/telemetry';
import { formatNumber } from '../../lib/format';
import { rules as texts } from '../../lib/texts/rules';
import { inZone, zone } from '../../lib/zone';

interface PreviewChartProps {
  curve: Curve;
  unit: string | null;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  limits: number[];
  spans: { from: number; to: number }[];
  onLimit: ((index: number, value: number) => void) | undefined;
}

const HEIGHT_PX = 300;
const MARGIN = 0.08;
const STEPS = 100;
const DIGITS = 3;
const DAY_S = 86_400;
const rounded = (value: number, reach: number) => Number(value.toPrecision(Math.max(DIGITS, Math.ceil(Math.log10(Math.max(Math.abs(value) / (reach / 1000 || 1), 1))))));
/** 24-hour clock of the chosen zone; days where the steps are days. */
const clock: uPlot.Axis.Values = (_, splits, _axis, _space, step) =>
  splits.map((t) => (step >= DAY_S ? inZone(t * 1000).day : inZone(t * 1000).clock.slice(0, step < 60 ? 8 : 5)));
const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The values to show: all of the curve and all limits. */
function reachOf(curve: Curve, limits: number[]): { low: number; high: number } {
  let low = Math.min(...limits, Infinity);
  let high = Math.max(...limits, -Infinity);
  for (const value of curve.min) if (value !== null && value < low) low = value;
  for (const value of curve.max) if (value !== null && value > high) high = value;
  if (!Number.isFinite(low)) return { low: 0, high: 1 };
  const pad = (high - low || Math.abs(high) || 1) * MARGIN;
  return { low: low - pad, high: high + pad };
}

export function PreviewChart({ curve, unit, from, to, limits, spans, onLimit }: PreviewChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shaded = useRef(spans);
  shaded.current = spans;
  const isDark = useComputedColorScheme('light') === 'dark';
  const [, redraw] = useState(0);
  const held = useRef<{ index: number; low: number; high: number } | null>(null);
  const free = reachOf(curve, limits);
  // While a limit is dragged the scale stands still, or the line would run away from the pointer.
  const { low, high } = held.current ?? free;
  const reach = useRef<uPlot.Range.MinMax>([low, high]);
  reach.current = [low, high];

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const [ink, line, pen] = [css('--te-muted'), css('--te-line'), isDark ? '#6fb1e0' : '#2f6f9f'];
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
    const u = new uPlot({
      width: Math.max(element.clientWidth, 200), height: HEIGHT_PX, tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), zone()),
      scales: { x: { time: true }, y: { range: () => reach.current } },
      series: [{}, { stroke: pen, width: 1.5 }, { stroke: 'transparent', points: { show: false } }, { stroke: 'transparent', points: { show: false } }],
      bands: [{ series: [3, 2], fill: `${pen}30` }],
      axes: [{ ...axis, values: clock }, { ...axis, size: 60, label: unit ?? '', labelSize: unit ? 18 : 0 }],
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      hooks: {
        drawClear: [(it) => {
          it.ctx.save();
          it.ctx.fillStyle = css('--te-warning');
          it.ctx.globalAlpha = 0.16;
          for (const span of shaded.current) {
            const left = it.valToPos(span.from / 1000, 'x', true);
            it.ctx.fillRect(left, it.bbox.top, Math.max(it.valToPos(span.to / 1000, 'x', true) - left, 2), it.bbox.height);
          }
          it.ctx.restore();
        }],
        draw: [() => redraw((n) => n + 1)],
      },
    }, [[], [], [], []], element);
    plot.current = u;
    const watcher = new ResizeObserver(() => u.setSize({ width: Math.max(element.clientWidth, 200), height: HEIGHT_PX }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      u.destroy();
      plot.current = null;
    };
  }, [unit, isDark]);

  const shape = JSON.stringify(spans);
  useEffect(() => {
    const u = plot.current;
    u?.batch(() => {
      u.setData([curve.t, curve.avg, curve.min, curve.max] as uPlot.AlignedData, false);
      u.setScale('x', { min: from / 1000, max: to / 1000 });
    });
    u?.redraw();
  }, [curve, from, to, low, high, shape, unit, isDark]);

  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const u = plot.current;
    if (!held.current || !u || !onLimit) return;
    const y = event.clientY - u.over.getBoundingClientRect().top;
    const value = Math.min(Math.max(u.posToVal(y, 'y'), held.current.low), held.current.high);
    onLimit(held.current.index, rounded(value, high - low));
  };
  const onKey = (index: number, limit: number) => (event: KeyboardEvent) => {
    const step = ((high - low) / STEPS) * (event.shiftKey ? 10 : 1);
    const by = { ArrowUp: step, ArrowDown: -step, ArrowRight: step, ArrowLeft: -step, PageUp: step * 10, PageDown: -step * 10 }[event.key];
    if (by === undefined) return;
    onLimit?.(index, rounded(limit + by, high - low));
    event.preventDefault();
  };
  const u = plot.current;
  const area = u?.over;
  return (
    <div style={{ position: 'relative' }}>
      <div ref={host} role="img" aria-label={texts.picture} style={{ minHeight: HEIGHT_PX }} />
      {u && area && limits.map((limit, index) => {
        const top = u.valToPos(limit, 'y');
        const left = u.bbox.left / devicePixelRatio;
        const name = `${texts.limit(index + 1)}: ${formatNumber(limit)} ${unit ?? ''}`;
        const common = { className: 'te-limit', style: { left, width: area.clientWidth, top: top + u.bbox.top / devicePixelRatio } };
        return onLimit ? (
          <div key={index} {...common} role="slider" tabIndex={0} aria-label={texts.limit(index + 1)} aria-orientation="vertical" aria-valuemin={low} aria-valuemax={high} aria-valuenow={limit} aria-valuetext={name}
            onKeyDown={onKey(index, limit)} onPointerMove={onMove}
            onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); held.current = { index, low, high }; }}
            onPointerUp={() => { held.current = null; redraw((n) => n + 1); }} onPointerCancel={() => { held.current = null; }}>
            <span>{formatNumber(limit)} {unit}</span>
          </div>
        ) : <div key={index} {...common} data-fixed><span>{formatNumber(limit)} {unit}</span></div>;
      })}
    </div>
  );
}
