/** One version of a model: how good it is, to try, where it watches, where it comes from. */
import { Button, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { algorithmsQuery, modelQuery, modelsQuery } from '../../api/ml';
import { FailurePage, isMissing } from '../../components/FailurePage';
import { Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { ml as texts } from '../../lib/texts/ml';
import { Card } from './Card';
import { Deployment } from './Deployment';
import { Quality } from './Quality';
import { Retrain } from './Retrain';
import { State } from './State';
import { TestForm } from './TestForm';

type Section = keyof typeof texts.sections;

export function ModelPage() {
  const { modelId } = useParams({ strict: false }) as { modelId: string };
  const { tab } = useSearch({ strict: false }) as { tab?: Section };
  const navigate = useNavigate();
  const [isRetraining, setRetraining] = useState(false);
  const found = useQuery(modelQuery(modelId));
  const models = useQuery(modelsQuery);
  const algorithms = useQuery(algorithmsQuery);
  if (found.isPending) return <Waiting />;
  if (found.isLoadingError) return <FailurePage error={found.error} />;
  if (isMissing(found.error)) return <FailurePage error={found.error} />;
  const model = found.data;
  const versions = (models.data ?? []).filter((it) => it.name === model.name).toSorted((a, b) => b.version - a.version);
  const title = algorithms.data?.find((it) => it.id === model.algorithm)?.title ?? model.algorithm;
  return (
    <Page title={model.name} actions={<Button variant="default" onClick={() => setRetraining(true)}>{texts.retrain}</Button>}>
      <Text c="dimmed" size="sm" mt={-8}>
        {texts.versionOf(model.version)} · {title} · {texts.tasks[model.task]} · <State status={model.status} />{model.aliases.map((it) => ` · ${it}`)}
      </Text>
      {model.description && <Text className="te-wrap">{model.description}</Text>}
      <Tabs value={tab && tab in texts.sections ? tab : 'quality'} keepMounted={false}
        onChange={(next) => void navigate({ to: '/models/$modelId' as never, params: { modelId } as never, search: (next === 'quality' ? {} : { tab: next }) as never, replace: true })}>
        <Tabs.List mb="md">
          {(Object.keys(texts.sections) as Section[]).map((key) => <Tabs.Tab key={key} value={key}>{texts.sections[key]}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="quality"><Quality key={model.id} model={model} /></Tabs.Panel>
        <Tabs.Panel value="test"><TestForm key={model.id} model={model} /></Tabs.Panel>
        <Tabs.Panel value="deployment"><Deployment model={model} hasOlder={versions.length > 1} /></Tabs.Panel>
        <Tabs.Panel value="card"><Card model={model} versions={versions} /></Tabs.Panel>
      </Tabs>
      {isRetraining && <Retrain model={model} onClose={() => setRetraining(false)} />}
    </Page>
  );
}
