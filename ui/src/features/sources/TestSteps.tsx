import { List, Stack, Text } from '@mantine/core';
import type { TestReport } from '../../api/sources';
import { sources as texts } from '../../lib/texts/sources';

/** A connection test, step by step, with what to do about the one that failed. */
export function TestSteps({ report }: { report: TestReport }) {
  return (
    <Stack gap="xs" role="status">
      <Text fw={600}>{report.ok ? texts.testOk(report.latency_ms) : texts.testBad}</Text>
      <List listStyleType="none" spacing={4}>
        {report.steps.map((step) => (
          <List.Item key={step.name}>
            <Text size="sm" className="te-wrap">
              <span aria-hidden="true" style={step.ok ? undefined : { color: 'var(--te-critical)' }}>{step.ok ? '✓' : '✗'}</span>{' '}
              <b>{step.name}</b> {step.detail} <Text span c="dimmed" size="xs">{step.ms.toFixed(1)} ms</Text>
            </Text>
            {step.hint && <Text size="sm" ml="md" className="te-wrap">{step.hint}</Text>}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
