/** One rule: its fields, its sentence, and what it would have done. */
import { Button, Group, NumberInput, Select, SimpleGrid, Slider, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { ApiError, send } from '../../api/client';
import { curves } from '../../api/telemetry';
import { Failure } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { TimeChart } from '../../components/TimeChart';
import { rules as texts } from '../../lib/texts/rules';
import { sentence, type Operator, type Rule, type SimpleCondition } from './sentence';

const DAY_MS = 86_400_000;
const NEW: Rule = {
  id: '', name: '', severity: 'warning', enabled: true, asset_id: null, notifications: [],
  condition: { tag_name: '', operator: 'gt', value: 0 },
};
const READ_ONLY = new Set(['id', 'version', 'created_at', 'updated_at', 'warnings']);

export function RuleEditor({ rule, onDone }: { rule: Rule | null; onDone: () => void }) {
  const client = useQueryClient();
  const assets = useQuery(assetsQuery);
  const [draft, setDraft] = useState<Rule>(rule ?? NEW);
  const [error, setError] = useState<Error | null>(null);
  const condition = draft.condition as SimpleCondition;
  const isRange = condition.operator === 'between' || condition.operator === 'outside';
  const set = (change: Partial<SimpleCondition>) => setDraft({ ...draft, condition: { ...condition, ...change } });
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const limits = Array.isArray(condition.value) ? condition.value : [Number(condition.value) || 0];
  const body = Object.fromEntries(Object.entries(draft).filter(([name]) => !READ_ONLY.has(name)));
  const [settled] = useDebouncedValue(JSON.stringify(body), 400);
  const asset = draft.asset_id ?? assets.data?.find((one) => one.tags.some((tag) => tag.tag_name === condition.tag_name))?.id;
  const past = useQuery({
    queryKey: ['rule-preview', settled, asset],
    enabled: condition.tag_name !== '' && draft.name !== '',
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const span = { start: new Date(to - DAY_MS).toISOString(), end: new Date(to).toISOString() };
      const [answer, lines] = await Promise.all([
        send<{ data: { alerts: unknown[] } }>('POST', '/v1/alert-rules/preview', { rule: JSON.parse(settled), ...span }),
        asset ? curves([{ asset_id: asset, tag_name: condition.tag_name }], to - DAY_MS, to, 600, signal) : [],
      ]);
      return { to, count: answer.data.alerts.length, lines };
    },
  });
  const save = async () => {
    try {
      if (rule) await send('PUT', `/v1/alert-rules/${rule.id}`, body, rule.version);
      else await send('POST', '/v1/alert-rules', body);
      await client.invalidateQueries({ queryKey: ['rules'] });
      onDone();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const setOperator = (operator: Operator) => {
    const wantsRange = operator === 'between' || operator === 'outside';
    const low = limits[0] ?? 0;
    set({ operator, value: wantsRange ? [low, limits[1] ?? low] : low });
  };
  const setLimit = (index: number, value: number) =>
    set({ value: isRange ? limits.map((old, i) => (i === index ? value : old)) : value });
  const tags = [...new Set((assets.data ?? []).flatMap((one) => one.tags.map((tag) => tag.tag_name)))].sort();
  const numbers = (past.data?.lines ?? []).flatMap((line) => [...line.min, ...line.max]).filter((v) => v !== null);
  const low = Math.min(...numbers, ...limits);
  const high = Math.max(...numbers, ...limits, low + 1);
  return (
    <Page
      title={rule ? rule.name : texts.create}
      actions={<><Button variant="default" onClick={onDone}>{texts.cancel}</Button><Button onClick={() => void save()}>{texts.save}</Button></>}
    >
      {error && <Failure error={error} />}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} className="te-panel" p="sm">
        <TextInput label={texts.name} required value={draft.name} error={at('name')} onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })} />
        <Select label={texts.severity} data={['critical', 'warning', 'info']} allowDeselect={false} value={draft.severity} onChange={(v) => v && setDraft({ ...draft, severity: v as Rule['severity'] })} />
        <Select label={texts.tag} required searchable data={tags} error={at('condition.tag_name')} value={condition.tag_name || null} onChange={(v) => set({ tag_name: v ?? '' })} />
        <Select label={texts.asset} searchable clearable clearButtonProps={{ 'aria-label': texts.asset }} data={(assets.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={draft.asset_id} onChange={(v) => setDraft({ ...draft, asset_id: v })} />
        <Select label={texts.operator} allowDeselect={false} data={Object.entries(texts.operators).map(([value, label]) => ({ value, label }))} value={condition.operator} onChange={(v) => v && setOperator(v as Operator)} />
        {limits.map((limit, index) => (
          <NumberInput key={index} label={isRange ? (index === 0 ? texts.low : texts.high) : texts.value} value={limit} error={at('condition.value')} onChange={(v) => setLimit(index, Number(v))} />
        ))}
        <NumberInput label={texts.duration} min={0} value={condition.duration_seconds ?? 0} error={at('condition.duration_seconds')} onChange={(v) => set({ duration_seconds: Number(v) || 0 })} />
        <TextInput label={texts.notifications} defaultValue={draft.notifications.join(', ')} onChange={(e) => setDraft({ ...draft, notifications: e.currentTarget.value.split(',').map((one) => one.trim()).filter(Boolean) })} />
      </SimpleGrid>
      <Text fw={600} role="status">{sentence(draft)}</Text>
      {past.isError && <Text size="sm">{past.error.message}</Text>}
      {past.data && (
        <Stack className="te-panel" p="sm" gap="xs">
          <Text>{texts.preview}: <b>{texts.found(past.data.count)}</b></Text>
          <TimeChart
            label={texts.preview}
            traces={past.data.lines.map((line) => ({ ...line, label: `${line.asset_id} · ${line.tag_name}`, unit: null }))}
            from={past.data.to - DAY_MS}
            to={past.data.to}
            thresholds={limits.map((value) => ({ value, label: '' }))}
          />
          {!isRange && (
            <Group><Slider flex={1} thumbLabel={texts.slider} min={low} max={high} step={(high - low) / 200} value={limits[0] ?? 0} onChange={(v) => setLimit(0, Number(v.toPrecision(4)))} /></Group>
          )}
        </Stack>
      )}
    </Page>
  );
}
