/** The state of a job or a model as a word; only failure stands out, by weight and shape. */
import { Progress, Text } from '@mantine/core';
import type { Training } from '../../api/ml';
import { ml as texts } from '../../lib/texts/ml';

export function State({ status }: { status: keyof typeof texts.states }) {
  const isBad = status === 'failed';
  return (
    <Text span size="sm" fw={isBad || status === 'deployed' ? 650 : undefined} style={{ whiteSpace: 'nowrap' }}>
      {isBad && <span aria-hidden="true">✕ </span>}{status === 'deployed' && <span aria-hidden="true">● </span>}{texts.states[status]}
    </Text>
  );
}

export function JobProgress({ job }: { job: Pick<Training, 'status' | 'progress' | 'message'> }) {
  if (job.status !== 'running' && job.status !== 'queued') return <State status={job.status} />;
  return (
    <div style={{ minWidth: 140 }}>
      <Progress value={job.progress * 100} animated={job.status === 'running'} aria-label={texts.progress} />
      <Text size="xs" c="dimmed">{job.status === 'queued' ? texts.states.queued : `${Math.round(job.progress * 100)} %`} · {job.message}</Text>
    </div>
  );
}
