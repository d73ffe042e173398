/** A connection test, step by step, up to the first that fails and how to mend it. */
import { Stack, Text, Title } from '@mantine/core';
import type { TestReport } from '../../api/sources';
import { Icon } from '../../components/Icon';
import { sources as texts } from '../../lib/texts/sources';

export function Report({ report }: { report: TestReport }) {
  return (
    <Stack gap="xs" role="status">
      <Title order={3} size="h5" style={report.ok ? undefined : { color: 'var(--te-warning)' }}>{report.ok ? texts.testOk(report.latency_ms) : `▲ ${texts.testFailed}`}</Title>
      <ol className="te-steps">
        {report.steps.map((step) => (
          <li key={step.name} data-ok={step.ok || undefined}>
            <Icon name={step.ok ? 'check' : 'close'} size={16} />
            <div>
              <Text className="te-wrap" size="sm"><b>{step.name}</b> <Text span c="dimmed" size="xs">{Math.round(step.ms)} ms</Text> {step.detail}</Text>
              {step.hint && <Text size="sm" className="te-wrap te-inset" p="xs" mt={4}>{step.hint}</Text>}
            </div>
          </li>
        ))}
      </ol>
    </Stack>
  );
}
