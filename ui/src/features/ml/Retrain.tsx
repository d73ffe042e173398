/** The same model again on newer rows: its recipe, another dataset, the next version. */
import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../../api/client';
import { datasetsQuery, retrain, type Model } from '../../api/ml';
import { Dialog } from '../../components/Dialog';
import { Failure } from '../../components/Feedback';
import { ml as texts } from '../../lib/texts/ml';

export function Retrain({ model, onClose }: { model: Model; onClose: () => void }) {
  const navigate = useNavigate();
  const datasets = useQuery(datasetsQuery);
  const [dataset, setDataset] = useState(model.dataset_id);
  const [isGoingOn, setIsGoingOn] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const start = async () => {
    setIsBusy(true);
    try {
      const job = await retrain(model, dataset, isGoingOn);
      void navigate({ to: '/models/training/$trainingId' as never, params: { trainingId: job.id } as never });
    } catch (problem) {
      setError(problem as Error);
      setIsBusy(false);
    }
  };
  return (
    <Dialog title={texts.retrainTitle(model.name)} onClose={onClose}>
      <Stack component="form" onSubmit={(event) => { event.preventDefault(); void start(); }}>
        <Text size="sm" c="dimmed">{texts.retrainLead}</Text>
        <Select data-autofocus label={texts.dataset} allowDeselect={false} searchable value={dataset} error={at('dataset_id')} onChange={(value) => value && setDataset(value)}
          data={(datasets.data ?? []).filter((it) => it.status === 'ready').map((it) => ({ value: it.id, label: `${it.name}, ${texts.rowCount(it.row_count)}` }))} />
        <Checkbox label={texts.warmStart} description={texts.warmStartHint} checked={isGoingOn} error={at('warm_start')} onChange={(event) => setIsGoingOn(event.currentTarget.checked)} />
        {error && <Failure error={error} />}
        <Group justify="end"><Button variant="default" onClick={onClose}>{texts.cancel}</Button><Button type="submit" loading={isBusy}>{texts.startTraining}</Button></Group>
      </Stack>
    </Dialog>
  );
}
