/** Start a training: the form is drawn from what the server says of its algorithms. */
import { Button, Collapse, Group, MultiSelect, NumberInput, Radio, Select, SimpleGrid, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/client';
import { algorithmsQuery, datasetsQuery, startTraining, type Algorithm, type TrainingOrder } from '../../api/ml';
import { FailurePage } from '../../components/FailurePage';
import { Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { formatNumber } from '../../lib/format';
import { ml as texts } from '../../lib/texts/ml';

interface Draft {
  name: string;
  dataset: string | null;
  algorithm: string | null;
  hyperparameters: Record<string, number | boolean>;
  features: string[];
  target: string | null;
  group: string | null;
  validation: number | '';
  seed: number | '';
  budget: 'default' | 'per_week' | 'rate';
  budgetValue: number;
  rolling: number;
  lags: string;
  scaling: string | null;
}

const EMPTY: Draft = {
  name: '', dataset: null, algorithm: null, hyperparameters: {}, features: [], target: null, group: null, validation: '', seed: '',
  budget: 'default', budgetValue: 1, rolling: 0, lags: '', scaling: null,
};
const DETECTOR = 'anomaly_detection';
const options = (from: Record<string, string>) => Object.entries(from).map(([value, label]) => ({ value, label }));

/** The body of the request: only what a person has set. Pure. */
export function orderOf(draft: Draft): TrainingOrder {
  const lags = draft.lags.split(/[\s,;]+/).map(Number).filter((lag) => Number.isInteger(lag) && lag > 0);
  const preprocessing = {
    ...(draft.rolling > 1 ? { rolling: { window: draft.rolling, statistics: ['mean'] } } : {}),
    ...(lags.length > 0 ? { lags } : {}),
    ...(draft.scaling ? { scaling: draft.scaling } : {}),
  };
  return {
    name: draft.name.trim(), dataset_id: draft.dataset ?? '', algorithm: draft.algorithm ?? '', hyperparameters: draft.hyperparameters,
    ...(draft.features.length > 0 ? { features: draft.features } : {}),
    ...(draft.target ? { target: draft.target } : {}),
    ...(draft.group ? { group: draft.group } : {}),
    ...(draft.validation === '' ? {} : { validation_fraction: draft.validation }),
    ...(draft.seed === '' ? {} : { seed: draft.seed }),
    ...(Object.keys(preprocessing).length > 0 ? { preprocessing } : {}),
    ...(draft.budget === 'per_week' ? { alarm_budget: { per_week: draft.budgetValue } } : {}),
    ...(draft.budget === 'rate' ? { alarm_budget: { rate: draft.budgetValue } } : {}),
  };
}

export function TrainForm() {
  const search = useSearch({ strict: false }) as { dataset?: string };
  const client = useQueryClient();
  const navigate = useNavigate();
  const datasets = useQuery(datasetsQuery);
  const algorithms = useQuery(algorithmsQuery);
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, dataset: search.dataset ?? null });
  const [hasMore, setHasMore] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const ready = (datasets.data ?? []).filter((it) => it.status === 'ready');
  useEffect(() => {
    const best = algorithms.data?.find((it) => it.recommended) ?? algorithms.data?.[0];
    if (best && draft.algorithm === null) set({ algorithm: best.id });
    const newest = ready[0];
    if (newest && draft.dataset === null) set({ dataset: newest.id });
  }, [algorithms.data, datasets.data, draft.algorithm, draft.dataset]);
  if (datasets.isPending || algorithms.isPending) return <Waiting />;
  const problem = datasets.error ?? algorithms.error;
  if (problem || !algorithms.data) return <FailurePage error={problem ?? new Error()} />;
  const dataset = ready.find((it) => it.id === draft.dataset);
  const algorithm = algorithms.data.find((it) => it.id === draft.algorithm);
  const numbers = (dataset?.columns ?? []).filter((it) => it.type === 'number' || it.type === 'boolean').map((it) => it.name);
  const every = (dataset?.columns ?? []).filter((it) => it.type !== 'time').map((it) => it.name);
  const needsTarget = algorithm !== undefined && algorithm.task !== DETECTOR;
  const isReady = draft.name.trim() !== '' && dataset !== undefined && algorithm !== undefined && (!needsTarget || draft.target !== null);
  const start = async () => {
    setIsBusy(true);
    try {
      const job = await startTraining(orderOf(draft));
      await client.invalidateQueries({ queryKey: ['trainings'] });
      void navigate({ to: '/models/training/$trainingId' as never, params: { trainingId: job.id } as never });
    } catch (fault) {
      setError(fault instanceof Error ? fault : new Error(String(fault)));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Page title={texts.trainTitle}>
      <Stack component="form" onSubmit={(event) => { event.preventDefault(); void start(); }}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} className="te-panel" p="md">
          <Select label={texts.dataset} required searchable allowDeselect={false} data={ready.map((it) => ({ value: it.id, label: `${it.name}, ${texts.rowCount(it.row_count)}` }))}
            value={draft.dataset} error={at('dataset_id')} onChange={(value) => set({ dataset: value, features: [], target: null, group: null })} />
          <TextInput label={texts.modelName} description={texts.modelNameHint} inputWrapperOrder={['label', 'input', 'description', 'error']} required value={draft.name} error={at('name')} onChange={(event) => set({ name: event.currentTarget.value })} />
        </SimpleGrid>
        <AlgorithmChoice algorithms={algorithms.data} value={draft.algorithm} onChange={(id) => set({ algorithm: id, hyperparameters: {} })} />
        {algorithm && (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} className="te-panel" p="md">
            <MultiSelect label={texts.features} description={texts.featuresHint} searchable clearable clearButtonProps={{ 'aria-label': texts.features }} data={numbers.filter((it) => it !== draft.target)} value={draft.features} error={at('features')} onChange={(features) => set({ features })} />
            <Select label={texts.target} description={texts.targetHint[algorithm.task]} required={needsTarget} clearable clearButtonProps={{ 'aria-label': texts.target }} data={every} value={draft.target} error={at('target')} onChange={(target) => set({ target, features: draft.features.filter((it) => it !== target) })} />
            <Select label={texts.group} description={texts.groupHint} clearable clearButtonProps={{ 'aria-label': texts.group }} data={every} value={draft.group} error={at('group')} onChange={(group) => set({ group })} />
            {algorithm.task === DETECTOR && (
              <Group align="end" grow wrap="nowrap">
                <Select label={texts.budget} description={texts.budgetHint} allowDeselect={false} data={options(texts.budgets)} value={draft.budget}
                  onChange={(value) => set({ budget: value as Draft['budget'], budgetValue: value === 'rate' ? 0.01 : 1 })} />
                {draft.budget !== 'default' && (
                  <NumberInput label={draft.budget === 'rate' ? texts.shareOfRows : texts.perWeek} min={0} max={draft.budget === 'rate' ? 1 : 10_000} step={draft.budget === 'rate' ? 0.005 : 1} value={draft.budgetValue} error={at('alarm_budget')} onChange={(value) => set({ budgetValue: Number(value) })} />
                )}
              </Group>
            )}
          </SimpleGrid>
        )}
        {algorithm && <Hyperparameters algorithm={algorithm} values={draft.hyperparameters} at={at} onChange={(hyperparameters) => set({ hyperparameters })} />}
        <Button variant="subtle" aria-expanded={hasMore} onClick={() => setHasMore(!hasMore)} style={{ alignSelf: 'start' }}>{texts.more}</Button>
        <Collapse expanded={hasMore}>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} className="te-panel" p="md">
            <NumberInput label={texts.rolling} description={texts.rollingHint} min={0} max={10_000} allowDecimal={false} value={draft.rolling} error={at('preprocessing.rolling.window') ?? at('preprocessing')} onChange={(value) => set({ rolling: Number(value) })} />
            <TextInput label={texts.lags} description={texts.lagsHint} value={draft.lags} error={at('preprocessing.lags')} onChange={(event) => set({ lags: event.currentTarget.value })} />
            <Select label={texts.scaling} clearable clearButtonProps={{ 'aria-label': texts.scaling }} data={options(texts.scalings)} value={draft.scaling} error={at('preprocessing.scaling')} onChange={(scaling) => set({ scaling })} />
            <NumberInput label={texts.validation} description={texts.validationHint} min={0} max={0.9} step={0.05} value={draft.validation} error={at('validation_fraction')} onChange={(value) => set({ validation: value === '' ? '' : Number(value) })} />
            <NumberInput label={texts.seed} description={texts.seedHint} min={0} allowDecimal={false} value={draft.seed} error={at('seed')} onChange={(value) => set({ seed: value === '' ? '' : Number(value) })} />
          </SimpleGrid>
        </Collapse>
        {error && <Failure error={error} />}
        <Group justify="end"><Button type="submit" size="md" loading={isBusy} disabled={!isReady}>{texts.startTraining}</Button></Group>
      </Stack>
    </Page>
  );
}

function AlgorithmChoice({ algorithms, value, onChange }: { algorithms: Algorithm[]; value: string | null; onChange: (id: string) => void }) {
  const tasks = [...new Set(algorithms.map((it) => it.task))];
  return (
    <Radio.Group value={value} onChange={onChange} name="algorithm" label={texts.algorithm}>
      <Stack gap="sm" mt={4}>
        {tasks.map((task) => (
          <div key={task}>
            <Text size="sm" c="dimmed" mb={4}>{texts.tasks[task]}</Text>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs">
              {algorithms.filter((it) => it.task === task).map((it) => (
                <Radio.Card key={it.id} value={it.id} className="te-choice" aria-label={it.title}>
                  <Group wrap="nowrap" align="start" gap="sm">
                    <Radio.Indicator />
                    <div>
                      <Text fw={600} size="sm">{it.title}{it.recommended && <Text span size="xs" c="dimmed"> · {texts.recommended}</Text>}</Text>
                      <Text size="xs" c="dimmed">{it.description}</Text>
                    </div>
                  </Group>
                </Radio.Card>
              ))}
            </SimpleGrid>
          </div>
        ))}
      </Stack>
    </Radio.Group>
  );
}

interface HyperparametersProps {
  algorithm: Algorithm;
  values: Record<string, number | boolean>;
  at: (field: string) => string | undefined;
  onChange: (values: Record<string, number | boolean>) => void;
}

function Hyperparameters({ algorithm, values, at, onChange }: HyperparametersProps) {
  if (algorithm.hyperparameters.length === 0) return null;
  return (
    <div className="te-panel" style={{ padding: 16 }}>
      <Title order={2} size="h5" mb="sm">{texts.hyperparameters}</Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {algorithm.hyperparameters.map((it) => {
          const value = values[it.name] ?? it.default;
          const error = at(`hyperparameters.${it.name}`);
          if (typeof it.default === 'boolean')
            return <Switch key={it.name} label={it.name} description={it.description} error={error} checked={value === true} onChange={(event) => onChange({ ...values, [it.name]: event.currentTarget.checked })} />;
          const bounds = it.minimum !== null && it.maximum !== null ? `${texts.range(formatNumber(it.minimum).replace(/\.0+$/, ''), formatNumber(it.maximum).replace(/\.0+$/, ''))}, ` : '';
          return (
            <NumberInput key={it.name} label={it.name} description={`${it.description} (${bounds}${texts.defaultIs(String(it.default))})`} error={error}
              allowDecimal={it.type !== 'integer'} step={it.type === 'integer' ? 1 : Math.max((it.maximum ?? 1) - (it.minimum ?? 0), 0.01) / 20}
              {...(it.minimum === null ? {} : { min: it.minimum })} {...(it.maximum === null ? {} : { max: it.maximum })}
              value={value as number} onChange={(next) => onChange({ ...values, [it.name]: next === '' ? (it.default as number) : Number(next) })} />
          );
        })}
      </SimpleGrid>
    </div>
  );
}
