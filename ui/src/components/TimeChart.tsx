/** Curves over time: min-max band with mean, an axis per unit, gaps, cursor, table, keyboard. */
import { Button, Group, ScrollArea, Table, Text } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Curve } from '../api/telemetry';
import { formatNumber, formatTime } from '../lib/format';
import { pens as colours } from '../lib/theme';
import { values as texts } from '../lib/texts/values';

export interface Trace extends Curve {
  label: string;
  unit: string | null;
  /** Dashed traces stand behind, such as an earlier period. */
  dashed?: boolean;
}

interface Threshold {
  value: number;
  label: string;
}

interface TimeChartProps {
  label: string;
  traces: Trace[];
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  height?: number;
  thresholds?: Threshold[];
  /** Asked to show another range; without it the chart cannot be zoomed. */
  onRange?: (from: number, to: number) => void;
}

const TABLE_ROWS = 200;
const DAY = '\n{YYYY}-{MM}-{DD}';
/** 24-hour clock: step in seconds, label, and what is added where a day begins. */
const CLOCK = [
  [86_400, '{YYYY}-{MM}-{DD}', null, null, null, null, null, null, 1],
  [60, '{HH}:{mm}', DAY, null, DAY, null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', DAY, null, DAY, null, null, null, 1],
  [0.001, '{HH}:{mm}:{ss}.{fff}', DAY, null, DAY, null, null, null, 1],
] as (string | number | null)[][];
const nearest = (t: number[], at: number): number => {
  let low = 0;
  let high = t.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((t[middle] ?? 0) < at) low = middle;
    else high = middle;
  }
  return Math.abs((t[low] ?? 0) - at) <= Math.abs((t[high] ?? 0) - at) ? low : high;
};

export function TimeChart(props: TimeChartProps) {
  const { label, traces, from, to, height = 260, thresholds, onRange } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const range = useRef(onRange);
  range.current = onRange;
  const [at, setAt] = useState<number | null>(null);
  const [asTable, setAsTable] = useState(false);
  const hint = useId();
  const shape = traces.map((t) => `${t.label}|${t.unit}|${t.dashed}`).join('\n');
  const limits = JSON.stringify(thresholds ?? []);
  const data = useMemo(
    () =>
      uPlot.join(
        traces.length === 0
          ? [[[], []] as unknown as uPlot.AlignedData]
          : traces.map((t) => [t.t, t.avg, t.min, t.max] as uPlot.AlignedData),
        traces.map(() => [0, 2, 2, 2]),
      ),
    [traces],
  );

  useEffect(() => {
    const element = host.current;
    if (!element || asTable) return;
    const units = [...new Set(traces.map((t) => t.unit ?? ''))];
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--te-muted');
    const line = getComputedStyle(document.documentElement).getPropertyValue('--te-line');
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
    const series: uPlot.Series[] = [{}];
    const bands: uPlot.Band[] = [];
    traces.forEach((t, i) => {
      const stroke = colours[i % colours.length] ?? '#3f7cac';
      const scale = `y:${t.unit ?? ''}`;
      const at = series.length;
      series.push({ scale, stroke, width: 1.5, label: t.label, ...(t.dashed ? { dash: [6, 4] } : {}) });
      series.push({ scale, stroke: 'transparent', points: { show: false } });
      series.push({ scale, stroke: 'transparent', points: { show: false } });
      bands.push({ series: [at + 2, at + 1], fill: `${stroke}30` });
    });
    const drawLimits = (u: uPlot) => {
      for (const limit of JSON.parse(limits) as Threshold[]) {
        const y = u.valToPos(limit.value, `y:${units[0] ?? ''}`, true);
        if (y < u.bbox.top || y > u.bbox.top + u.bbox.height) continue;
        u.ctx.save();
        u.ctx.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--te-warning');
        u.ctx.setLineDash([8, 5]);
        u.ctx.beginPath();
        u.ctx.moveTo(u.bbox.left, y);
        u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
        u.ctx.stroke();
        u.ctx.restore();
      }
    };
    const u = new uPlot(
      {
        width: Math.max(element.clientWidth, 200),
        height,
        series,
        bands,
        scales: { x: { time: true } },
        axes: [
          { ...axis, values: CLOCK },
          ...units.map((unit, i) => ({
            ...axis,
            scale: `y:${unit}`,
            side: i % 2 === 0 ? (3 as const) : (1 as const),
            label: unit,
            labelSize: unit ? 18 : 0,
            size: 58,
            grid: { ...axis.grid, show: i === 0 },
          })),
        ],
        legend: { show: false },
        cursor: { drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => null } },
        hooks: {
          draw: [drawLimits],
          setCursor: [(it) => setAt(it.cursor.left != null && it.cursor.left >= 0 ? it.posToVal(it.cursor.left, 'x') : null)],
          setSelect: [
            (it) => {
              if (it.select.width < 4) return;
              const a = it.posToVal(it.select.left, 'x') * 1000;
              const b = it.posToVal(it.select.left + it.select.width, 'x') * 1000;
              it.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              range.current?.(a, Math.max(b, a + 1000));
            },
          ],
        },
      },
      data,
      element,
    );
    plot.current = u;
    const watcher = new ResizeObserver(() => u.setSize({ width: Math.max(element.clientWidth, 200), height }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      u.destroy();
      plot.current = null;
    };
    // The data is set below: a new point must not build a new chart.
  }, [shape, height, asTable, limits]);

  useEffect(() => {
    plot.current?.batch(() => {
      plot.current?.setData(data, false);
      plot.current?.setScale('x', { min: from / 1000, max: to / 1000 });
      for (const unit of new Set(traces.map((t) => t.unit ?? ''))) {
        const own = traces.filter((t) => (t.unit ?? '') === unit);
        const low = Math.min(...own.flatMap((t) => t.min.filter((v) => v !== null)));
        const high = Math.max(...own.flatMap((t) => t.max.filter((v) => v !== null)));
        if (!Number.isFinite(low)) continue;
        const pad = (high - low || Math.abs(high) || 1) * 0.06;
        plot.current?.setScale(`y:${unit}`, { min: low - pad, max: high + pad });
      }
    });
  }, [data, from, to, shape, asTable]);

  const zoom = (factor: number, shift: number) => {
    const span = (to - from) * factor;
    const middle = (from + to) / 2 + (to - from) * shift;
    onRange?.(middle - span / 2, middle + span / 2);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const u = plot.current;
    if (event.key === '+' || event.key === '=') zoom(0.5, 0);
    else if (event.key === '-') zoom(2, 0);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const sign = event.key === 'ArrowLeft' ? -1 : 1;
      if (event.shiftKey) zoom(1, sign * 0.25);
      else if (u) {
        const left = at === null ? u.over.clientWidth / 2 : u.valToPos(at, 'x') + sign * 5;
        u.setCursor({ left: Math.min(Math.max(left, 0), u.over.clientWidth), top: 20 });
      }
    } else return;
    event.preventDefault();
  };
  const isEmpty = traces.every((t) => t.t.length === 0);

  return (
    <div>
      {asTable ? (
        <DataTable traces={traces} label={label} />
      ) : (
        <div style={{ position: 'relative' }}>
          <div
            ref={host}
            role="application"
            aria-label={`${label}: ${traces.map((t) => t.label).join(', ')}`}
            aria-describedby={hint}
            tabIndex={0}
            onKeyDown={onKeyDown}
            onWheel={(event) => event.ctrlKey && zoom(event.deltaY > 0 ? 1.5 : 0.67, 0)}
            onDoubleClick={() => zoom(4, 0)}
            style={{ minHeight: height }}
          />
          {isEmpty && (
            <Text c="dimmed" size="sm" style={{ position: 'absolute', top: '40%', width: '100%', textAlign: 'center' }}>
              {texts.noData}
            </Text>
          )}
        </div>
      )}
      <Group justify="space-between" gap="xs" mt={4}>
        <Group gap="md" style={{ minHeight: 22 }}>
          {traces.map((t, i) => {
            const value = at === null ? null : (t.avg[nearest(t.t, at)] ?? null);
            return (
              <Text key={t.label} size="xs" className="te-value">
                <span aria-hidden="true" style={{ color: colours[i % colours.length] }}>━ </span>
                {t.label}{value === null ? '' : `: ${formatNumber(value)} ${t.unit ?? ''}`}
              </Text>
            );
          })}
          {at !== null && <Text size="xs" c="dimmed">{formatTime(at * 1000)}</Text>}
        </Group>
        <Button size="compact-xs" variant="subtle" onClick={() => setAsTable(!asTable)}>
          {asTable ? texts.asChart : texts.asTable}
        </Button>
      </Group>
      <span id={hint} hidden>{texts.chartKeys}</span>
    </div>
  );
}

function DataTable({ traces, label }: { traces: Trace[]; label: string }) {
  const rows = traces
    .flatMap((t) => t.t.map((at, i) => ({ at, label: t.label, unit: t.unit, value: t.avg[i] ?? null })))
    .sort((a, b) => b.at - a.at)
    .slice(0, TABLE_ROWS);
  return (
    <ScrollArea h={260} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
      <Table stickyHeader>
        <Table.Thead><Table.Tr><Table.Th>{texts.time}</Table.Th><Table.Th>Tag</Table.Th><Table.Th>Value</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.label}${row.at}`}>
              <Table.Td className="te-value">{formatTime(row.at * 1000)}</Table.Td>
              <Table.Td>{row.label}</Table.Td>
              <Table.Td className="te-value">{row.value === null ? '–' : formatNumber(row.value)} {row.unit}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
