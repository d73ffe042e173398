/** Names and values of the pens: a line under small charts, a table under large ones. */
import { CloseButton, Group, Table, Text } from '@mantine/core';
import { formatNumber } from '../../lib/format';
import { values as texts } from '../../lib/texts/values';
import { Breakable } from '../Breakable';
import { inkOf } from './plot';
import { summaryOf, valueAt, type Columns, type Trace } from './columns';
import type { Span } from './span';

interface LegendProps {
  traces: Trace[];
  columns: Columns;
  isDark: boolean;
  /** Where the cursor is, seconds; null when it is away. */
  at: number | null;
  view: Span;
  onRemove?: (trace: Trace) => void;
}

const REACH = 0.03;
export const reachOf = (view: Span): number => (view.to - view.from) * REACH;

export function LegendLine({ traces, columns, isDark, at, view }: LegendProps) {
  return (
    <Group gap="md" style={{ minHeight: 20 }}>
      {traces.map((t, i) => {
        const value = at === null ? null : valueAt(columns, t, i, at, reachOf(view));
        return (
          <Text key={t.label} size="xs" className="te-value" style={{ whiteSpace: 'normal' }}>
            <span aria-hidden="true" className="te-pen" data-dashed={t.dashed || undefined} style={{ background: inkOf(traces, i, isDark) }} />
            {t.label}{value === null ? '' : `: ${formatNumber(value)} ${t.unit ?? ''}`}
          </Text>
        );
      })}
    </Group>
  );
}

export function LegendTable({ traces, columns, isDark, at, view, onRemove }: LegendProps) {
  return (
    <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': texts.legend } }}>
      <Table verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.pen}</Table.Th>
            {[texts.cursor, texts.least, texts.mean, texts.greatest].map((head) => <Table.Th key={head} ta="right">{head}</Table.Th>)}
            <Table.Th>{texts.unit}</Table.Th>
            {onRemove && <Table.Th><span className="te-hidden">{texts.remove}</span></Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {traces.map((t, i) => {
            const value = at === null ? null : valueAt(columns, t, i, at, reachOf(view));
            const summary = summaryOf(columns, i, view.from, view.to);
            const cells = [value, summary?.low, summary?.mean, summary?.high];
            return (
              <Table.Tr key={t.label}>
                <Table.Td miw={130} style={{ overflowWrap: 'break-word' }}>
                  <span aria-hidden="true" className="te-pen" data-dashed={t.dashed || undefined} style={{ background: inkOf(traces, i, isDark) }} /><Breakable name={t.label} />
                </Table.Td>
                {cells.map((cell, place) => (
                  <Table.Td key={place} ta="right" className="te-value" fw={place === 0 ? 600 : undefined}>
                    {cell == null ? '–' : formatNumber(cell)}
                  </Table.Td>
                ))}
                <Table.Td>{t.unit}</Table.Td>
                {onRemove && (
                  <Table.Td ta="right">
                    {!t.dashed && <CloseButton size="sm" aria-label={texts.removePen(t.label)} onClick={() => onRemove(t)} />}
                  </Table.Td>
                )}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
