/** One figure with its name and a word on what it means; the way pages show their key numbers. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface StatProps {
  name: string;
  value: ReactNode;
  note?: ReactNode;
  /** Only for what is abnormal. */
  alarm?: 'critical' | 'warning' | 'info' | undefined;
}

export function Stat({ name, value, note, alarm }: StatProps) {
  return (
    <div className="te-panel te-stat" style={alarm ? { borderLeft: `4px solid var(--te-${alarm})` } : undefined}>
      <Text size="xs" c="dimmed">{name}</Text>
      <Text fz={22} fw={650} lh={1.25} className="te-value">{value}</Text>
      {note !== undefined && <Text size="xs" c="dimmed">{note}</Text>}
    </div>
  );
}
