/** What a rule, saved or not, would have done: over the trend, in numbers, and how to make it quieter. */
import { Button, Group, Select, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { ApiError, send } from '../../api/client';
import { leaves, limitsOf, type Condition, type RuleDraft } from '../../api/rules';
import { curves } from '../../api/telemetry';
import { Icon } from '../../components/Icon';
import { rules as texts } from '../../lib/texts/rules';
import { PreviewChart } from './PreviewChart';

interface PastAlert { assets: string[]; tag_name: string; triggered_at: string; resolved_at: string | null }
interface Advice { change: string; condition: Condition; alerts: number; minutes_in_alarm: number }
interface Past { alerts: PastAlert[]; total: number; minutes_in_alarm: number; chattering: number; points: number; assets: number; advice: Advice[] }

const HOUR_MS = 3_600_000;
const POINTS = 800;
const minutes = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

interface PreviewProps { draft: RuleDraft; onCondition: (condition: Condition) => void; onFault: (error: ApiError | null) => void }

export function Preview({ draft, onCondition, onFault }: PreviewProps) {
  const [hours, setHours] = useState('24');
  const [picked, setPicked] = useState<string | null>(null);
  const assets = useQuery(assetsQuery);
  const leaf = leaves(draft.condition).find((one) => one.tag_name);
  const tag = leaf?.tag_name ?? '';
  const candidates = (assets.data ?? []).filter((one) => one.tags.some((it) => it.tag_name === tag) && (draft.asset_id === null || draft.asset_id === one.id));
  const asset = leaf?.asset_id ?? candidates.find((one) => one.id === picked)?.id ?? candidates[0]?.id ?? null;
  const unit = assets.data?.find((one) => one.id === asset)?.tags.find((it) => it.tag_name === tag)?.unit ?? null;
  const body = JSON.stringify({ ...draft, name: draft.name || texts.create });
  const [settled] = useDebouncedValue(body, 350);
  // Half a condition is no question yet.
  const isWhole = leaves((JSON.parse(settled) as RuleDraft).condition).every((one) => one.tag_name || one.model_id);
  const past = useQuery({
    queryKey: ['rule-preview', settled, hours],
    enabled: isWhole,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async () => {
      const to = Date.now();
      const from = to - Number(hours) * HOUR_MS;
      const span = { start: new Date(from).toISOString(), end: new Date(to).toISOString() };
      try {
        const { data } = await send<{ data: Past }>('POST', '/v1/alert-rules/preview', { rule: JSON.parse(settled), ...span });
        onFault(null);
        return { from, to, ...data };
      } catch (error) {
        // The form shows each fault at its field; the paths begin with the rule here.
        if (error instanceof ApiError) onFault(new ApiError(error.status, error.code, error.message, error.faults.map((f) => ({ ...f, field: f.field.replace(/^rule\./, '') }))));
        throw error;
      }
    },
  });
  const trend = useQuery({
    queryKey: ['rule-trend', asset, tag, hours],
    enabled: asset !== null && tag !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const from = to - Number(hours) * HOUR_MS;
      const [curve] = await curves([{ asset_id: asset ?? '', tag_name: tag }], from, to, POINTS, signal);
      return { from, to, curve };
    },
  });
  const curve = trend.data?.curve;
  const limits = leaf ? limitsOf(leaf) : [];
  const canDrag = leaf !== undefined && leaf === draft.condition && limits.length > 0;
  const setLimit = (index: number, value: number) => {
    const next = limits.map((old, i) => (i === index ? value : old));
    const sorted = next.length > 1 && (next[0] ?? 0) >= (next[1] ?? 0) ? limits : next;
    onCondition({ ...draft.condition, value: sorted.length > 1 ? (sorted as [number, number]) : sorted[0] });
  };
  const spans = (past.data?.alerts ?? []).filter((one) => one.assets.includes(asset ?? ''))
    .map((one) => ({ from: Date.parse(one.triggered_at), to: one.resolved_at ? Date.parse(one.resolved_at) : (past.data?.to ?? 0) }));
  return (
    <Stack className="te-panel" p="md" gap="sm" component="section" aria-label={texts.preview}>
      <Group justify="space-between">
        <Title order={2} size="h5">{texts.preview}</Title>
        <SegmentedControl size="xs" aria-label={texts.span} value={hours} onChange={setHours} data={Object.entries(texts.spans).map(([value, label]) => ({ value, label }))} />
      </Group>
      {!isWhole ? <Text c="dimmed">{texts.noPreview}</Text> : (
        <>
          <div role="status">
            {past.isError && <Text size="sm" className="te-wrap">{past.error.message}</Text>}
            {past.data && !past.isError && (
              <Group gap="lg" align="baseline">
                <Text fw={700} fz="lg">{texts.found(past.data.total)}</Text>
                {past.data.total > 0 && <Text size="sm">{texts.minutes(minutes(past.data.minutes_in_alarm))}</Text>}
                {past.data.chattering > 0 && <Text size="sm" style={{ color: 'var(--te-warning)' }}>▲ {texts.chattering(past.data.chattering)}</Text>}
                <Text size="xs" c="dimmed">{texts.looked(past.data.points, past.data.assets)}</Text>
              </Group>
            )}
          </div>
          {candidates.length > 1 && !leaf?.asset_id && (
            <Select size="xs" w={240} label={texts.shown} searchable allowDeselect={false} value={asset} onChange={setPicked} data={candidates.map((one) => ({ value: one.id, label: one.name }))} />
          )}
          {curve && curve.t.length > 0 && trend.data
            ? <PreviewChart curve={curve} unit={unit} from={trend.data.from} to={trend.data.to} limits={limits} spans={spans} onLimit={canDrag ? setLimit : undefined} />
            : trend.isSuccess && <Text size="sm" c="dimmed">{texts.noPoints}</Text>}
          {canDrag && <Text size="xs" c="dimmed">{texts.drag}</Text>}
          {(past.data?.advice.length ?? 0) > 0 && (
            <div className="te-inset" style={{ padding: 10 }}>
              <Group gap={6}><Icon name="info" size={16} /><Text size="sm" fw={600}>{texts.advice}</Text></Group>
              {past.data?.advice.map((one) => (
                <Group key={one.change} justify="space-between" mt={6}>
                  <Text size="sm" className="te-wrap">{texts.adviceOf(one.change, one.alerts, minutes(one.minutes_in_alarm))}</Text>
                  <Button size="xs" variant="default" onClick={() => onCondition(one.condition)}>{texts.apply}</Button>
                </Group>
              ))}
            </div>
          )}
        </>
      )}
    </Stack>
  );
}
