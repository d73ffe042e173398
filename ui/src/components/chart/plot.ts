/** uPlot set up for our traces: an axis a unit, a band and a line a trace, a 24-hour clock. */
import uPlot from 'uplot';
import { formatAxis } from '../../lib/sizes';
import { penColour } from '../../lib/theme';
import { zone } from '../../lib/zone';
import { drawOver, drawUnder, type Decor } from './decor';
import { columnOf, hasBand, type Columns, type Trace } from './columns';

const DAY = '\n{D} {MMM} {YYYY}';
const YEAR = '\n{YYYY}';
/** Step in seconds, label, and what is added where a day or a year begins. */
const CLOCK = [
  [86_400 * 28, '{MMM}', YEAR, null, null, null, null, null, 1],
  [86_400, '{D} {MMM}', YEAR, null, null, null, null, null, 1],
  [60, '{HH}:{mm}', DAY, null, DAY, null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', DAY, null, DAY, null, null, null, 1],
  [0.001, '{ss}.{fff}', '\n{HH}:{mm} {D} {MMM}', null, '\n{HH}:{mm} {D} {MMM}', null, '\n{HH}:{mm}', null, 1],
] as (string | number | null)[][];
const AXIS_PX = 52;
/** On a phone two axes leave room for the curves; the table below has every unit. */
const NARROW_PX = 520;
const AXES_WHEN_NARROW = 2;
const stepped = uPlot.paths.stepped?.({ align: 1 });

/** Lines of one pixel are drawn many times faster, and where points are dense none is missed. */
const DENSE = 1500;
const widthOf = (trace: Trace): number => (trace.t.length > DENSE ? 1 : 1.6);

export interface PlotSettings {
  element: HTMLElement;
  traces: Trace[];
  columns: Columns;
  height: number;
  isDark: boolean;
  decor: () => Decor;
  onCursor: (u: uPlot) => void;
}

/** The colour of a trace; an earlier period, dashed, has that of the same tag now. */
export function inkOf(traces: Trace[], i: number, isDark: boolean): string {
  const it = traces[i];
  const now = it?.dashed ? traces.findIndex((t) => !t.dashed && t.asset_id === it.asset_id && t.tag_name === it.tag_name) : -1;
  return penColour(now < 0 ? i : now, isDark);
}

/** The units of the traces, in order of appearance: one axis each. */
export const unitsOf = (traces: Trace[]): string[] => [...new Set(traces.map((t) => t.unit ?? ''))];

export function makePlot({ element, traces, columns, height, isDark, decor, onCursor }: PlotSettings): uPlot {
  const units = unitsOf(traces);
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--te-muted');
  const line = style.getPropertyValue('--te-grid');
  const axis = {
    stroke: ink, font: '11px system-ui, sans-serif', labelFont: '11px system-ui, sans-serif',
    grid: { stroke: line, width: 1 }, ticks: { show: false }, gap: 6,
  };
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  traces.forEach((t, i) => {
    const colour = inkOf(traces, i, isDark);
    const scale = `y:${t.unit ?? ''}`;
    const at = series.length;
    series.push({
      scale, stroke: t.dashed ? `${colour}b0` : colour, width: widthOf(t), label: t.label, points: { size: 4 },
      ...(t.dashed ? { dash: [6, 4] } : {}),
      ...(t.step && stepped ? { paths: stepped } : {}),
    });
    // the edges are drawn thinly: a spike of one bucket is a column too narrow for its fill to be seen
    const edge = { scale, stroke: `${colour}55`, width: 1, points: { show: false }, ...(t.step && stepped ? { paths: stepped } : {}) };
    const show = hasBand(t);
    series.push({ ...edge, show }, { ...edge, show });
    bands.push({ series: [at + 2, at + 1], fill: `${colour}2e` });
  });
  return new uPlot(
    {
      width: Math.max(element.clientWidth, 200),
      height,
      tzDate: (t) => uPlot.tzDate(new Date(t * 1000), zone()),
      series,
      bands,
      padding: [10, units.length > 1 ? 0 : 12, 0, 0],
      scales: { x: { time: true }, ...Object.fromEntries(units.map((unit) => [`y:${unit}`, { auto: false }])) },
      axes: [
        { ...axis, values: CLOCK, size: 38 },
        ...units.map((unit, i) => ({
          ...axis,
          scale: `y:${unit}`,
          show: element.clientWidth >= NARROW_PX || i < AXES_WHEN_NARROW,
          side: i % 2 === 0 ? (3 as const) : (1 as const),
          label: unit,
          labelSize: unit ? 16 : 0,
          size: AXIS_PX,
          values: (_: uPlot, splits: number[]) => splits.map(formatAxis),
          grid: { ...axis.grid, show: i === 0 },
        })),
      ],
      legend: { show: false },
      cursor: { drag: { x: false, y: false, setScale: false }, bind: { dblclick: () => null }, points: { size: 6 } },
      hooks: {
        drawAxes: [(u) => drawUnder(u, decor())],
        draw: [(u) => drawOver(u, decor())],
        setCursor: [onCursor],
      },
    },
    columns as uPlot.AlignedData,
    element,
  );
}

/** Draw bands only where there are any, and dense lines thinly: both cost more than all else. */
export function dress(u: uPlot, traces: Trace[]): void {
  traces.forEach((trace, i) => {
    const line = u.series[columnOf(i)];
    if (line) line.width = widthOf(trace);
    const show = hasBand(trace);
    for (const edge of [columnOf(i) + 1, columnOf(i) + 2])
      if (u.series[edge] && u.series[edge].show !== show) u.setSeries(edge, { show }, false);
  });
}
