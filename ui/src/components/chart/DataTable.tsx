/** The chart as rows, for those who read rather than look. */
import { ScrollArea, Table } from '@mantine/core';
import { formatNumber, formatTime } from '../../lib/format';
import { values as texts } from '../../lib/texts/values';
import type { Trace } from './columns';
import type { Span } from './span';

const ROWS = 200;

export function DataTable({ traces, view, label, height }: { traces: Trace[]; view: Span; label: string; height: number }) {
  const rows = traces
    .flatMap((t) => t.t.map((at, i) => ({ at, label: t.label, unit: t.unit, value: t.avg[i] ?? null, low: t.min[i] ?? null, high: t.max[i] ?? null })))
    .filter((row) => row.value !== null && row.at >= view.from && row.at <= view.to)
    .sort((a, b) => b.at - a.at)
    .slice(0, ROWS);
  return (
    <ScrollArea h={height} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
      <Table stickyHeader fz="sm">
        <Table.Thead>
          <Table.Tr>{[texts.time, texts.tag, texts.mean, texts.least, texts.greatest].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.label}${row.at}`}>
              <Table.Td className="te-value">{formatTime(row.at * 1000)}</Table.Td>
              <Table.Td className="te-wrap">{row.label}</Table.Td>
              {[row.value, row.low, row.high].map((value, place) => (
                <Table.Td key={place} className="te-value">{value === null ? '–' : formatNumber(value)} {row.unit}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
