/** The frame of a settings tab: what it is for, how to add one, what went wrong. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failure } from '../../components/Feedback';
import { Icon } from '../../components/Icon';

interface SectionProps { title: string; lead: string; error: Error | null; add?: { label: string; onClick: () => void }; children: ReactNode }

export function Section({ title, lead, error, add, children }: SectionProps) {
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: '1 1 300px' }}><Title order={2} size="h4">{title}</Title><Text size="sm" c="dimmed">{lead}</Text></div>
        {add && <Button leftSection={<Icon name="plus" size={16} />} onClick={add.onClick}>{add.label}</Button>}
      </Group>
      {error && <Failure error={error} />}
      {children}
    </Stack>
  );
}
