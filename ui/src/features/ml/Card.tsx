/** Where a model comes from, in the words a data scientist asks for; its aliases and its end. */
import { Anchor, Badge, Button, CloseButton, Code, Group, Stack, Table, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { archiveModel, deleteModel, removeAlias, setAlias, unarchiveModel, type Model } from '../../api/ml';
import { Confirm } from '../../components/Confirm';
import { Failure } from '../../components/Feedback';
import { formatTime } from '../../lib/format';
import { ml as texts } from '../../lib/texts/ml';

/** A value of the card as people read it: lists by commas, settings by name, nested ones in brackets. */
function words(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? texts.nothing : value.map(words).join(', ');
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (typeof value === 'number') return Number.isInteger(value) ? value.toLocaleString('en') : String(value);
  if (typeof value !== 'object') return String(value);
  return Object.entries(value).map(([name, it]) => `${name.replaceAll('_', ' ')} ${it && typeof it === 'object' && !Array.isArray(it) ? `(${words(it)})` : words(it)}`).join(' · ');
}

export function Card({ model, versions }: { model: Model; versions: Model[] }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [alias, setAliasText] = useState('');
  const [isDoomed, setIsDoomed] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const act = async (work: () => Promise<unknown>, after?: () => void) => {
    setError(null);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['models'] });
      after?.();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const remove = async () => {
    await deleteModel(model.id);
    // away first: this page would ask for what is gone
    await navigate({ to: '/models' });
    await client.invalidateQueries({ queryKey: ['models'] });
  };
  const { card } = model;
  const heads = texts.cardRows;
  const link = (to: string, params: object, label: string) => <Link to={to as never} params={params as never} className="te-row-link te-wrap">{label}</Link>;
  const rows: [string, ReactNode][] = [
    [heads.dataset, link('/models/datasets/$datasetId', { datasetId: model.dataset_id }, model.dataset_id)],
    [heads.hash, <Code className="te-wrap">{words(card.dataset_sha256)}</Code>],
    [heads.training, link('/models/training/$trainingId', { trainingId: model.training_id }, model.training_id)],
    [heads.features, model.features.join(', ')],
    [heads.target, model.target ?? '–'],
    [heads.hyperparameters, words(card.hyperparameters)],
    [texts.preprocessing, words(card.preprocessing)],
    [heads.thresholdOrigin, words(card.threshold_origin)],
    [heads.seed, words(card.seed)],
    [heads.trainingRows, words(card.training_rows)],
    [heads.judgingRows, words(card.judging_rows)],
    [heads.fit, card.fit_cpu_seconds === undefined ? '–' : `${words(card.fit_cpu_seconds)} s`],
    [heads.libraries, words(card.libraries)],
  ];
  return (
    <Stack>
      {error && <Failure error={error} />}
      <Stack className="te-panel" p="md" gap="sm">
        <Group gap="xs">
          <Title order={2} size="h5">{texts.aliases}</Title>
          {model.aliases.map((it) => (
            <Badge key={it} variant="default" tt="none" rightSection={<CloseButton size="xs" aria-label={texts.removeAlias(it)} onClick={() => void act(() => removeAlias(model.id, it))} />}>{it}</Badge>
          ))}
        </Group>
        <Group component="form" align="end" onSubmit={(event) => { event.preventDefault(); void act(() => setAlias(model.id, alias.trim()), () => setAliasText('')); }}>
          <TextInput aria-label={texts.addAlias} placeholder={texts.aliasHint} value={alias} onChange={(event) => setAliasText(event.currentTarget.value)} w={260} />
          <Button type="submit" variant="default" disabled={alias.trim() === ''}>{texts.addAlias}</Button>
        </Group>
      </Stack>
      <div className="te-panel" tabIndex={0} role="region" aria-label={texts.sections.card} style={{ overflowX: 'auto' }}>
        <Table fz="sm" verticalSpacing={6}>
          <Table.Tbody>{rows.map(([name, value]) => <Table.Tr key={name}><Table.Th w={180}>{name}</Table.Th><Table.Td className="te-wrap">{value}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      </div>
      <Stack className="te-panel" p="md" gap="xs">
        <Title order={2} size="h5">{texts.otherVersions}</Title>
        {versions.map((it) => (
          <Group key={it.id} gap="sm">
            {it.id === model.id ? <b>{texts.versionOf(it.version)}</b> : link('/models/$modelId', { modelId: it.id }, texts.versionOf(it.version))}
            <span>{texts.states[it.status]}</span><span className="te-value">{formatTime(Date.parse(it.created_at))}</span>
          </Group>
        ))}
        {versions.length > 1 && <Button variant="default" style={{ alignSelf: 'start' }} component={Link} to={'/models/compare' as never} search={{ ids: versions.slice(0, 20).map((it) => it.id) } as never}>{texts.compare(Math.min(versions.length, 20))}</Button>}
      </Stack>
      <Group>
        <Anchor href={`/v1/ml/models/${model.id}/download`} download c="inherit" underline="always">{texts.download}</Anchor>
        {model.status === 'archived'
          ? <Button variant="default" onClick={() => void act(() => unarchiveModel(model.id))}>{texts.unarchive}</Button>
          : <Button variant="default" disabled={model.status === 'deployed'} onClick={() => void act(() => archiveModel(model.id))}>{texts.archive}</Button>}
        <Button variant="default" disabled={model.status === 'deployed'} onClick={() => setIsDoomed(true)}>{texts.delete}</Button>
      </Group>
      <Confirm title={texts.deleteModel(`${model.name} ${texts.versionOf(model.version)}`)} action={texts.delete} isOpen={isDoomed} onClose={() => setIsDoomed(false)} onConfirm={remove}>
        {texts.deleteModelLead}
      </Confirm>
    </Stack>
  );
}
