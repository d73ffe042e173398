/** The front page of machine learning: models, trainings, datasets. */
import { Button, Checkbox, Group, Table, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { algorithmsQuery, datasetsQuery, modelsQuery, trainingsQuery, type Model } from '../../api/ml';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { formatTime } from '../../lib/format';
import { formatBytes } from '../../lib/sizes';
import { ml as texts } from '../../lib/texts/ml';
import { JobProgress, State } from './State';
import { measured } from './words';

type Tab = keyof typeof texts.tabs;

export function Models() {
  const { tab } = useSearch({ strict: false }) as { tab?: Tab };
  const navigate = useNavigate();
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <Button variant="default" component={Link} to="/models/new-dataset">{texts.newDataset}</Button>
          <Button component={Link} to="/models/train">{texts.train}</Button>
        </>
      }
    >
      <Tabs value={tab && tab in texts.tabs ? tab : 'models'} keepMounted={false}
        onChange={(next) => void navigate({ to: '/models', search: (next === 'models' ? {} : { tab: next }) as never })}>
        <Tabs.List mb="md">
          {(Object.keys(texts.tabs) as Tab[]).map((key) => <Tabs.Tab key={key} value={key}>{texts.tabs[key]}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="models"><ModelList /></Tabs.Panel>
        <Tabs.Panel value="training"><TrainingList /></Tabs.Panel>
        <Tabs.Panel value="datasets"><DatasetList /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}

const name = (label: string, to: string, params: Record<string, string>) => (
  <Link to={to as never} params={params as never} className="te-row-link te-wrap">{label}</Link>
);

function Frame({ label, heads, children }: { label: string; heads: string[]; children: React.ReactNode }) {
  return (
    <div className="te-panel">
      <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': label } }}>
        <Table highlightOnHover verticalSpacing="sm">
          <Table.Thead><Table.Tr>{heads.map((head, i) => <Table.Th key={i}>{head || <span className="te-hidden">{texts.open}</span>}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

/** The two figures people compare models by. */
function headline(model: Model): string {
  return measured(model.task, model.metrics).slice(0, 2).map((it) => `${it.name} ${it.value}`).join(' · ') || '–';
}

function ModelList() {
  const models = useQuery(modelsQuery);
  const algorithms = useQuery(algorithmsQuery);
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string[]>([]);
  if (models.isPending) return <Waiting />;
  if (models.isLoadingError) return <Failure error={models.error} onRetry={() => void models.refetch()} />;
  if (models.data.length === 0)
    return (
      <Empty title={texts.noModels}>
        <Text maw={560} ta="center" c="dimmed">{texts.noModelsLead}</Text>
        <Group><Button variant="default" component={Link} to="/models/new-dataset">{texts.newDataset}</Button><Button component={Link} to="/models/train">{texts.train}</Button></Group>
      </Empty>
    );
  // deployed ones first, then newest
  const sorted = models.data.toSorted((a, b) => Number(b.status === 'deployed') - Number(a.status === 'deployed') || b.created_at.localeCompare(a.created_at));
  const titleOf = (id: string) => algorithms.data?.find((it) => it.id === id)?.title ?? id;
  return (
    <>
      {models.data.length > 1 && (
        <Group mb="sm" justify="space-between">
          <Text size="sm" c="dimmed">{chosen.length < 2 ? texts.pickToCompare : ''}</Text>
          <Button variant="default" disabled={chosen.length < 2} onClick={() => void navigate({ to: '/models/compare', search: { ids: chosen } as never })}>
            {chosen.length < 2 ? texts.compareSome : texts.compare(chosen.length)}
          </Button>
        </Group>
      )}
      <Frame label={texts.tabs.models} heads={['', texts.name, texts.algorithm, texts.quality, texts.status, texts.created]}>
        {sorted.map((model) => (
          <Table.Tr key={model.id}>
            <Table.Td>
              <Checkbox size="sm" styles={{ input: { width: 24, height: 24 } }} aria-label={texts.select(`${model.name} ${texts.versionOf(model.version)}`)} checked={chosen.includes(model.id)}
                onChange={() => setChosen(chosen.includes(model.id) ? chosen.filter((it) => it !== model.id) : [...chosen, model.id].slice(-20))} />
            </Table.Td>
            <Table.Td>{name(model.name, '/models/$modelId', { modelId: model.id })} <Text span size="sm" c="dimmed">{texts.versionOf(model.version)}{model.aliases.map((alias) => ` · ${alias}`)}</Text></Table.Td>
            <Table.Td>{titleOf(model.algorithm)}</Table.Td>
            <Table.Td className="te-value">{headline(model)}</Table.Td>
            <Table.Td><State status={model.status} /></Table.Td>
            <Table.Td className="te-value">{formatTime(Date.parse(model.created_at))}</Table.Td>
          </Table.Tr>
        ))}
      </Frame>
    </>
  );
}

function TrainingList() {
  const trainings = useQuery(trainingsQuery);
  const algorithms = useQuery(algorithmsQuery);
  if (trainings.isPending) return <Waiting />;
  if (trainings.isLoadingError) return <Failure error={trainings.error} onRetry={() => void trainings.refetch()} />;
  if (trainings.data.length === 0) return <Empty title={texts.noTrainings}><Button component={Link} to="/models/train">{texts.train}</Button></Empty>;
  return (
    <Frame label={texts.tabs.training} heads={[texts.name, texts.algorithm, texts.status, texts.created]}>
      {trainings.data.map((job) => (
        <Table.Tr key={job.id}>
          <Table.Td>{name(job.name, '/models/training/$trainingId', { trainingId: job.id })}</Table.Td>
          <Table.Td>{algorithms.data?.find((it) => it.id === job.algorithm)?.title ?? job.algorithm}</Table.Td>
          <Table.Td><JobProgress job={job} />{job.error && <Text size="xs" className="te-wrap">{job.error}</Text>}</Table.Td>
          <Table.Td className="te-value">{formatTime(Date.parse(job.created_at))}</Table.Td>
        </Table.Tr>
      ))}
    </Frame>
  );
}

function DatasetList() {
  const datasets = useQuery(datasetsQuery);
  if (datasets.isPending) return <Waiting />;
  if (datasets.isLoadingError) return <Failure error={datasets.error} onRetry={() => void datasets.refetch()} />;
  if (datasets.data.length === 0)
    return <Empty title={texts.noDatasets}><Text c="dimmed" ta="center">{texts.noDatasetsLead}</Text><Button component={Link} to="/models/new-dataset">{texts.newDataset}</Button></Empty>;
  return (
    <Frame label={texts.tabs.datasets} heads={[texts.name, texts.rows, texts.columns, texts.size, texts.source, texts.status, texts.created]}>
      {datasets.data.map((it) => (
        <Table.Tr key={it.id}>
          <Table.Td>{name(it.name, '/models/datasets/$datasetId', { datasetId: it.id })}</Table.Td>
          <Table.Td className="te-value">{it.row_count.toLocaleString('en')}</Table.Td>
          <Table.Td className="te-value">{it.columns.length}</Table.Td>
          <Table.Td className="te-value">{formatBytes(it.size_bytes)}</Table.Td>
          <Table.Td>{texts.origins[it.source]}</Table.Td>
          <Table.Td><State status={it.status} /></Table.Td>
          <Table.Td className="te-value">{formatTime(Date.parse(it.created_at))}</Table.Td>
        </Table.Tr>
      ))}
    </Frame>
  );
}
