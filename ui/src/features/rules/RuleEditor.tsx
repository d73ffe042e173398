/** One rule: what, when, whom; its sentence; and what it would have done. */
import { Accordion, Alert, Button, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SEVERITIES, type Severity } from '../../api/alerts';
import { assetsQuery } from '../../api/assets';
import { ApiError, send } from '../../api/client';
import type { Condition, Rule, RuleDraft } from '../../api/rules';
import { sourcesQuery } from '../../api/sources';
import { Conflict } from '../../components/Conflict';
import { Failure } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { ScheduleInput } from '../../components/ScheduleInput';
import { rules as texts } from '../../lib/texts/rules';
import { ConditionEditor, modelsQuery, Seconds } from './ConditionEditor';
import { Preview } from './Preview';
import { sentence } from './sentence';
import { Telling } from './Telling';

const MINUTE_S = 60;
const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** The fields that a client writes; the rest of a stored rule is the server's. */
export function draftOf({ id: _id, condition_text: _text, warnings: _warnings, version: _version, ...rest }: Rule): RuleDraft {
  const { name, severity, description, enabled, data_source_id, asset_id, condition, notifications: told, repeat_seconds, schedule, group_by, latching, inhibits, escalation } = rest;
  return { name, severity, description, enabled, data_source_id, asset_id, condition, notifications: told, repeat_seconds, schedule, group_by, latching, inhibits, escalation };
}

export function RuleEditor({ rule, start, onDone }: { rule: Rule | null; start: RuleDraft; onDone: () => void }) {
  const client = useQueryClient();
  const assets = useQuery(assetsQuery);
  const sources = useQuery(sourcesQuery);
  const models = useQuery({ ...modelsQuery, enabled: JSON.stringify(start.condition).includes('model_id') });
  const [draft, setDraft] = useState<RuleDraft>(start);
  const [error, setError] = useState<Error | null>(null);
  const [tried, setTried] = useState<ApiError | null>(null);
  const set = (change: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...change }));
  const setCondition = (condition: Condition) => set({ condition });
  const faultAt = (field: string) => (error instanceof ApiError ? error.at(field) : undefined) ?? tried?.at(field);
  const isConflict = error instanceof ApiError && error.status === 412;
  // What the draft was made of: the page may have read a newer one meanwhile.
  const [begun] = useState(rule?.version);
  const save = async (version: number | undefined) => {
    try {
      if (rule) await send('PUT', `/v1/alert-rules/${encodeURIComponent(rule.id)}`, draft, version);
      else await send('POST', '/v1/alert-rules', draft);
      notifications.show({ message: texts.saved, color: 'gray' });
      await client.invalidateQueries({ queryKey: ['rules'] });
      onDone();
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const { condition } = draft;
  const modelName = (id: string) => models.data?.find((model) => model.id === id)?.name ?? id;
  return (
    <Page title={rule ? rule.name : texts.create}
      actions={<><Button variant="default" onClick={onDone}>{texts.cancel}</Button><Button onClick={() => void save(begun)}>{texts.save}</Button></>}>
      {isConflict && (
        <Conflict what={texts.thisRule} onOverwrite={() => void save(undefined)} onTheirs={() => { void client.invalidateQueries({ queryKey: ['rules'] }); onDone(); }} />
      )}
      {error && !isConflict && <Failure error={error} />}
      {rule && rule.warnings.length > 0 && <Alert color="gray" variant="outline" title={texts.warnings}>{rule.warnings.map((one) => <Text key={one} size="sm" className="te-wrap">{one}</Text>)}</Alert>}
      <Text className="te-sentence te-wrap" role="status">{sentence(draft, modelName)}</Text>
      <div className="te-editor">
        <Stack gap="sm" className="te-editor-form">
          <Stack className="te-panel" p="md" gap="xs">
            <TextInput label={texts.name} required value={draft.name} error={faultAt('name')} onChange={(event) => set({ name: event.currentTarget.value })} />
            <div>
              <Text size="sm" fw={500} mb={4}>{texts.severity}</Text>
              <SegmentedControl fullWidth size="xs" aria-label={texts.severity} value={draft.severity} onChange={(severity) => set({ severity: severity as Severity })}
                data={SEVERITIES} />
              <Text size="xs" c="dimmed" mt={2}>{texts.severities[draft.severity]}</Text>
            </div>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
              <Select label={texts.where} placeholder={texts.everywhere} searchable clearable clearButtonProps={{ 'aria-label': texts.clear }} error={faultAt('asset_id')} value={draft.asset_id} onChange={(asset_id) => set({ asset_id })}
                data={(assets.data ?? []).map((one) => ({ value: one.id, label: one.name }))} />
              <Select label={texts.source} placeholder={texts.anySource} searchable clearable clearButtonProps={{ 'aria-label': texts.clear }} error={faultAt('data_source_id')} value={draft.data_source_id} onChange={(data_source_id) => set({ data_source_id })}
                data={(sources.data ?? []).map((one) => ({ value: one.id, label: one.name }))} />
            </SimpleGrid>
          </Stack>
          <Stack className="te-panel" p="md" gap="xs">
            <Title order={2} size="h5">{texts.when}</Title>
            <ConditionEditor value={condition} path="condition" faultAt={faultAt} onChange={setCondition} />
            <SimpleGrid cols={2} spacing="xs">
              <Seconds label={texts.duration} value={condition.duration_seconds} error={faultAt('condition.duration_seconds')} onChange={(seconds) => setCondition(withTime(condition, 'duration_seconds', seconds))} />
              <Seconds label={texts.clearDuration} value={condition.clear_duration_seconds} error={faultAt('condition.clear_duration_seconds')} onChange={(seconds) => setCondition(withTime(condition, 'clear_duration_seconds', seconds))} />
            </SimpleGrid>
          </Stack>
          <Stack className="te-panel" p="md" gap="xs">
            <Title order={2} size="h5">{texts.tell}</Title>
            <Telling draft={draft} faultAt={faultAt} onChange={set} />
          </Stack>
          <Accordion variant="contained" chevronPosition="left" className="te-panel">
            <Accordion.Item value="more">
              <Accordion.Control>{texts.more}</Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  <Textarea label={texts.description} description={texts.descriptionHint} autosize minRows={2} value={draft.description} error={faultAt('description')} onChange={(event) => set({ description: event.currentTarget.value })} />
                  <ScheduleInput label={texts.schedule} value={draft.schedule} error={faultAt('schedule')} onChange={(schedule) => set({ schedule })} />
                  <Select label={texts.groupBy} allowDeselect={false} data={options(texts.groups)} value={draft.group_by ?? ''} onChange={(value) => set({ group_by: (value || null) as RuleDraft['group_by'] })} />
                  <Select label={texts.inhibits} allowDeselect={false} data={options(texts.inhibitsWhat)} value={draft.inhibits} onChange={(value) => set({ inhibits: (value ?? 'none') as RuleDraft['inhibits'] })} />
                  <NumberInput label={texts.repeat} description={texts.repeatHint} min={1} value={draft.repeat_seconds === null ? '' : draft.repeat_seconds / MINUTE_S} error={faultAt('repeat_seconds')} onChange={(value) => set({ repeat_seconds: value === '' ? null : Number(value) * MINUTE_S })} />
                  <Switch label={texts.latching} checked={draft.latching} onChange={(event) => set({ latching: event.currentTarget.checked })} />
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </Stack>
        <div className="te-editor-side"><Preview draft={draft} onCondition={setCondition} onFault={setTried} /></div>
      </div>
    </Page>
  );
}

function withTime(condition: Condition, name: 'duration_seconds' | 'clear_duration_seconds', seconds: number | undefined): Condition {
  const { [name]: _, ...rest } = condition;
  return seconds === undefined ? rest : { ...rest, [name]: seconds };
}
