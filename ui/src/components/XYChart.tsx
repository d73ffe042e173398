/** A plain curve or cloud of points over a number axis: ROC, precision and recall, residuals. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatAxis } from '../lib/sizes';
import { penColour } from '../lib/theme';

interface XYChartProps {
  label: string;
  xLabel: string;
  yLabel: string;
  /** Ascending. */
  x: number[];
  lines: { y: (number | null)[]; dashed?: boolean; asPoints?: boolean }[];
  /** A point to stand out: where the threshold is. */
  here?: { x: number; y: number } | null;
  xRange?: [number, number];
  yRange?: [number, number];
  height?: number;
}

export function XYChart({ label, xLabel, yLabel, x, lines, here = null, xRange, yRange, height = 240 }: XYChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const isDark = useComputedColorScheme('light') === 'dark';
  const spot = useRef(here);
  spot.current = here;
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const axis = {
      stroke: style.getPropertyValue('--te-muted'), font: '11px system-ui, sans-serif', labelFont: '11px system-ui, sans-serif',
      grid: { stroke: style.getPropertyValue('--te-grid'), width: 1 }, ticks: { show: false }, labelSize: 18,
      values: (_: uPlot, splits: number[]) => splits.map(formatAxis),
    };
    const ink = style.getPropertyValue('--te-ink');
    const u = new uPlot(
      {
        width: Math.max(element.clientWidth, 160), height, padding: [10, 14, 0, 0],
        scales: {
          x: { time: false, ...(xRange ? { range: () => xRange } : {}) },
          y: yRange ? { range: () => yRange } : {},
        },
        series: [{}, ...lines.map((line, i) => ({
          stroke: line.dashed ? style.getPropertyValue('--te-muted') : penColour(i, isDark), width: 1.8, spanGaps: true,
          points: { show: line.asPoints ?? false, size: 4 },
          ...(line.dashed ? { dash: [5, 5] } : {}), ...(line.asPoints ? { paths: () => null } : {}),
        }))],
        axes: [{ ...axis, label: xLabel, size: 34 }, { ...axis, label: yLabel, size: 48 }],
        legend: { show: false }, cursor: { drag: { x: false, y: false } },
        hooks: {
          draw: [(it) => {
            if (!spot.current) return;
            it.ctx.beginPath();
            it.ctx.arc(it.valToPos(spot.current.x, 'x', true), it.valToPos(spot.current.y, 'y', true), 5 * devicePixelRatio, 0, 7);
            it.ctx.fillStyle = ink;
            it.ctx.fill();
          }],
        },
      },
      [x, ...lines.map((line) => line.y)] as uPlot.AlignedData,
      element,
    );
    plot.current = u;
    const watcher = new ResizeObserver(() => u.setSize({ width: Math.max(element.clientWidth, 160), height }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      u.destroy();
      plot.current = null;
    };
  }, [x, lines, isDark, height, xLabel, yLabel, xRange, yRange]);
  useEffect(() => plot.current?.redraw(false), [here?.x, here?.y]);
  return <div ref={host} role="img" aria-label={label} style={{ minHeight: height }} />;
}
