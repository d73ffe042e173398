/** One training: how far it is, what it says, why it failed. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { cancelTraining, trainingLogQuery, trainingQuery } from '../../api/ml';
import { FailurePage } from '../../components/FailurePage';
import { Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { formatTime } from '../../lib/format';
import { ml as texts } from '../../lib/texts/ml';
import { JobProgress } from './State';

export function TrainingPage() {
  const { trainingId } = useParams({ strict: false }) as { trainingId: string };
  const client = useQueryClient();
  const navigate = useNavigate();
  const found = useQuery(trainingQuery(trainingId));
  const log = useQuery({ ...trainingLogQuery(trainingId, found.data?.status), enabled: found.isSuccess });
  const [wasOpen, setWasOpen] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const job = found.data;
  const isOpen = job?.status === 'queued' || job?.status === 'running';
  useEffect(() => {
    if (isOpen) setWasOpen(true);
    // who watched it end is taken to what came of it
    if (wasOpen && job?.status === 'succeeded' && job.model_id) {
      void client.invalidateQueries({ queryKey: ['models'] });
      void navigate({ to: '/models/$modelId' as never, params: { modelId: job.model_id } as never, replace: true });
    }
  }, [isOpen, wasOpen, job?.status, job?.model_id]);
  if (found.isPending) return <Waiting />;
  if (found.isError || !job) return <FailurePage error={found.error ?? new Error()} />;
  const cancel = () => void cancelTraining(trainingId).then(() => found.refetch(), setError);
  return (
    <Page
      title={job.name}
      actions={
        <>
          {isOpen && <Button variant="default" onClick={cancel}>{texts.cancelJob}</Button>}
          {!isOpen && <Button variant="default" component={Link} to={'/models/train' as never} search={{ dataset: job.dataset_id } as never}>{texts.again}</Button>}
          {job.model_id && <Button component={Link} to={'/models/$modelId' as never} params={{ modelId: job.model_id } as never}>{texts.toModel}</Button>}
        </>
      }
    >
      {error && <Failure error={error} />}
      <div className="te-panel" style={{ padding: 16 }} role="status" aria-live="polite"><JobProgress job={job} /></div>
      {job.status === 'failed' && <Alert color="gray" variant="outline" title={texts.failed}><Text className="te-wrap">{job.error}</Text></Alert>}
      {(job.warnings ?? []).length > 0 && (
        <Stack className="te-panel" p="md" gap={4}>
          <Title order={2} size="h5">{texts.warnings}</Title>
          {job.warnings?.map((warning) => <Text key={warning} size="sm" className="te-wrap">▲ {warning}</Text>)}
        </Stack>
      )}
      {(log.data ?? []).length > 0 && (
        <Stack className="te-panel" p="md" gap={4}>
          <Title order={2} size="h5">{texts.log}</Title>
          <div className="te-log" tabIndex={0} role="log" aria-label={texts.log}>
            {log.data?.map((line, i) => (
              <Group key={i} gap="sm" wrap="nowrap" align="start">
                <Text size="xs" c="dimmed" className="te-value">{formatTime(Date.parse(line.timestamp))}</Text>
                <Text size="xs" className="te-wrap" fw={line.level === 'info' || line.level === 'debug' ? undefined : 650}>{line.message}</Text>
              </Group>
            ))}
          </div>
        </Stack>
      )}
    </Page>
  );
}
