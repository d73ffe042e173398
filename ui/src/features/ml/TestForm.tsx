/** One row to try a model with, filled with usual values, and what the model says of it. */
import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/client';
import { datasetQuery, testModel, type Answer, type Model } from '../../api/ml';
import { Failure } from '../../components/Feedback';
import { formatNumber, formatScalar } from '../../lib/format';
import { ml as texts } from '../../lib/texts/ml';
import { Shares } from './Quality';

export function TestForm({ model }: { model: Model }) {
  const dataset = useQuery({ ...datasetQuery(model.dataset_id), retry: false });
  const [values, setValues] = useState<Record<string, number | ''>>({});
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const usual = Object.fromEntries(
    model.features.map((name) => [name, Number((dataset.data?.columns.find((column) => column.name === name)?.mean ?? 0).toPrecision(4))]),
  );
  useEffect(() => setValues(usual), [dataset.data, model.id]);
  const test = async () => {
    setError(null);
    try {
      setAnswer(await testModel(model.id, Object.fromEntries(model.features.map((name) => [name, Number(values[name] ?? 0)]))));
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const at = (name: string) => (error instanceof ApiError ? error.at(`features.${name}`) : undefined);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack className="te-panel" p="md" component="form" onSubmit={(event) => { event.preventDefault(); void test(); }}>
        <Text size="sm" c="dimmed">{texts.testLead}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {model.features.map((name) => {
            const column = dataset.data?.columns.find((it) => it.name === name);
            const range = column && column.min !== null && column.max !== null ? texts.range(formatNumber(column.min), formatNumber(column.max)) : undefined;
            return (
              <NumberInput key={name} label={name} description={range} value={values[name] ?? ''} error={at(name)}
                step={column && column.min !== null && column.max !== null ? Math.max((column.max - column.min) / 20, 1e-6) : 1} decimalScale={6}
                onChange={(value) => setValues({ ...values, [name]: value === '' ? '' : Number(value) })} />
            );
          })}
        </SimpleGrid>
        <Group justify="end">
          <Button variant="default" onClick={() => setValues(usual)}>{texts.usual}</Button>
          <Button type="submit">{texts.test}</Button>
        </Group>
        {error && <Failure error={error} />}
      </Stack>
      <Stack className="te-panel" p="md" role="status" aria-live="polite" style={{ minHeight: 160 }}>
        {answer ? <AnswerView answer={answer} model={model} /> : <Text size="sm" c="dimmed">{texts.noAnswer}</Text>}
      </Stack>
    </SimpleGrid>
  );
}

function AnswerView({ answer, model }: { answer: Answer; model: Model }) {
  const { score } = answer;
  const isScored = score !== null;
  return (
    <>
      <Group justify="space-between" align="baseline">
        <Text fz={26} fw={700}>{model.task === 'anomaly_detection' ? (answer.is_anomaly ? texts.abnormal : texts.normal) : `${texts.prediction}: ${formatScalar(answer.prediction)}`}</Text>
        <Text size="xs" c="dimmed">{texts.took(formatNumber(answer.latency_ms))}</Text>
      </Group>
      {isScored && (
        <div>
          <svg viewBox="0 0 100 10" width="100%" height="22" preserveAspectRatio="none" role="img" aria-label={texts.scoreBar(formatNumber(score))}>
            <rect width="100" height="10" rx="1" fill="var(--te-line)" opacity="0.5" />
            <rect width={Math.max(score * 100, 0.5)} height="10" rx="1" fill="var(--te-muted)" />
            <rect x="49.8" width="0.5" height="10" fill="var(--te-ink)" />
          </svg>
          <Text size="sm" className="te-value" style={{ whiteSpace: 'normal' }}>
            {texts.score} <b>{formatNumber(score)}</b>
            {answer.raw_score !== null && answer.raw_threshold !== null && ` · ${texts.rawOf(formatNumber(answer.raw_score), formatNumber(answer.raw_threshold))}`}
          </Text>
        </div>
      )}
      {answer.probabilities && <Shares shares={answer.probabilities} />}
      {Object.keys(answer.contributions).length > 0 && (
        <div><Text fw={600} size="sm" mb={6}>{texts.contributions}</Text><Shares shares={answer.contributions} /></div>
      )}
    </>
  );
}
