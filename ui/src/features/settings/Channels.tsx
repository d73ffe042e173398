/** Notification channels: a form for each type, a test, quiet hours, words of one's own. */
import { Button, Group, MultiSelect, NumberInput, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SEVERITIES, type Severity } from '../../api/alerts';
import { ApiError, send } from '../../api/client';
import { channelsQuery, channelTypesQuery, type Channel, type ChannelType, type TestOutcome } from '../../api/notifications';
import { Confirm } from '../../components/Confirm';
import { Dialog } from '../../components/Dialog';
import { Failure, Waiting } from '../../components/Feedback';
import { ScheduleInput } from '../../components/ScheduleInput';
import { SchemaForm } from '../../components/SchemaForm';
import { settings as texts } from '../../lib/texts/settings';
import { Section } from './Section';

type Draft = Pick<Channel, 'name' | 'type' | 'config' | 'enabled' | 'quiet_hours' | 'template' | 'max_per_minute'>;

const FRESH: Draft = { name: '', type: 'email', config: {}, enabled: true, quiet_hours: null, template: null, max_per_minute: null };
const said = (outcome: TestOutcome) => `${outcome.ok ? '✓' : '✕'} ${outcome.detail} ${texts.outcome(outcome.duration_ms)}`;

export function Channels() {
  const client = useQueryClient();
  const channels = useQuery(channelsQuery);
  const types = useQuery(channelTypesQuery);
  const [edited, setEdited] = useState<Channel | 'new' | null>(null);
  const [doomed, setDoomed] = useState<Channel | null>(null);
  const [outcomes, setOutcomes] = useState<Record<string, string>>({});
  const refresh = () => client.invalidateQueries({ queryKey: ['channels'] });
  const test = async (channel: Channel) => {
    const say = (words: string) => setOutcomes((old) => ({ ...old, [channel.id]: words }));
    say(texts.testing);
    try {
      say(said((await send<{ data: TestOutcome }>('POST', `/v1/notification-channels/${encodeURIComponent(channel.id)}/test`)).data));
    } catch (error) {
      say(`✕ ${(error as Error).message}`);
    }
    await client.invalidateQueries({ queryKey: ['deliveries'] });
  };
  if (channels.isPending || types.isPending) return <Waiting />;
  return (
    <Section title={texts.channels} lead={texts.channelsLead} error={channels.error ?? types.error} add={{ label: texts.addChannel, onClick: () => setEdited('new') }}>
      <ul className="te-panel te-list">
        {(channels.data ?? []).map((channel) => (
          <li key={channel.id} data-off={!channel.configured || undefined}>
            <div className="te-list-main">
              <Text fw={600} className="te-wrap">{channel.name} <Text span size="sm" c="dimmed">{texts.typeNames[channel.type] ?? channel.type}{!channel.configured && ` · ${texts.notConfigured}`}{!channel.enabled && ` · ${texts.off}`}</Text></Text>
              {channel.configured && <Text size="sm" c="dimmed" className="te-wrap">{summary(channel)}</Text>}
              {outcomes[channel.id] && <Text size="sm" role="status" className="te-wrap">{outcomes[channel.id]}</Text>}
            </div>
            <Group gap={6}>
              {channel.configured && <Button size="xs" variant="default" aria-label={texts.testOf(channel.name)} onClick={() => void test(channel)}>{texts.test}</Button>}
              <Button size="xs" variant="default" aria-label={channel.configured ? texts.edit(channel.name) : `${texts.setUp} ${channel.name}`} onClick={() => setEdited(channel)}>{channel.configured ? texts.edit('') : texts.setUp}</Button>
              {channel.configured && <Button size="xs" variant="default" aria-label={texts.removeOf(channel.name)} onClick={() => setDoomed(channel)}>{texts.remove}</Button>}
            </Group>
          </li>
        ))}
      </ul>
      {edited && types.data && <Editor channel={edited === 'new' ? null : edited} types={types.data} onClose={() => setEdited(null)} onSaved={() => { setEdited(null); void refresh(); }} />}
      {doomed && (
        <Confirm isOpen title={texts.remove} action={texts.remove} onClose={() => setDoomed(null)} onConfirm={async () => { await send('DELETE', `/v1/notification-channels/${encodeURIComponent(doomed.id)}`); await refresh(); }}>
          {texts.removeChannel(doomed.name)}
        </Confirm>
      )}
    </Section>
  );
}

/** Where it goes, without secrets: the server masks those. */
const summary = ({ config }: Channel): string =>
  Object.values(config).filter((value) => value !== null && value !== '********' && value !== false).map((value) => (Array.isArray(value) ? value.join(', ') : String(value))).join(' · ');

function Editor({ channel, types, onSaved, onClose }: { channel: Channel | null; types: ChannelType[]; onSaved: () => void; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>(channel ?? FRESH);
  const [error, setError] = useState<Error | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const type = types.find((one) => one.type === draft.type);
  const faults = error instanceof ApiError ? error.faults : [];
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const body = () => {
    const { name, type: kind, config, enabled, quiet_hours, template, max_per_minute } = draft;
    return { name, type: kind, config, enabled, quiet_hours, template, max_per_minute };
  };
  const run = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
    } catch (fault) {
      setOutcome(null);
      setError(fault as Error);
    }
  };
  const save = () => run(async () => {
    if (channel) await send('PUT', `/v1/notification-channels/${encodeURIComponent(channel.id)}`, body(), channel.version);
    else await send('POST', '/v1/notification-channels', body());
    onSaved();
  });
  const test = () => run(async () => {
    setOutcome(texts.testing);
    setOutcome(said((await send<{ data: TestOutcome }>('POST', '/v1/notification-channels/test', body())).data));
  });
  const at = (field: string) => faults.find((fault) => fault.field === field)?.message;
  return (
    <Dialog title={channel ? texts.edit(channel.name) : texts.addChannel} size="lg" onClose={onClose}>
      <Stack gap="sm">
        {error && <Failure error={error} />}
        <Group grow align="flex-start">
          <TextInput required data-autofocus label={texts.name} value={draft.name} error={at('name')} disabled={channel !== null && channel.id === channel.type} onChange={(event) => set({ name: event.currentTarget.value })} />
          <Select label={texts.type} allowDeselect={false} disabled={channel !== null} data={types.map((one) => ({ value: one.type, label: texts.typeNames[one.type] ?? one.type }))} value={draft.type} onChange={(next) => next && set({ type: next, config: {} })} />
        </Group>
        {type && <SchemaForm schema={type.config_schema} secrets={type.secrets} values={draft.config} faults={faults} path="config" onChange={(config) => set({ config })} />}
        <Switch label={texts.enabled} checked={draft.enabled} onChange={(event) => set({ enabled: event.currentTarget.checked })} />
        <ScheduleInput label={texts.quiet} value={draft.quiet_hours?.schedule ?? null} error={faults.find((fault) => fault.field.startsWith('quiet_hours'))?.message}
          onChange={(schedule) => set({ quiet_hours: schedule && { schedule, except_severities: draft.quiet_hours?.except_severities ?? ['critical'] } })} />
        {draft.quiet_hours && <MultiSelect label={texts.quietExcept} description={texts.quietHint} data={SEVERITIES} value={draft.quiet_hours.except_severities} onChange={(value) => draft.quiet_hours && set({ quiet_hours: { ...draft.quiet_hours, except_severities: value as Severity[] } })} />}
        <NumberInput label={texts.maxPerMinute} description={texts.maxHint} min={1} value={draft.max_per_minute ?? ''} error={at('max_per_minute')} onChange={(value) => set({ max_per_minute: value === '' ? null : Number(value) })} />
        <Switch label={texts.template} checked={draft.template !== null} onChange={(event) => set({ template: event.currentTarget.checked ? { subject: '{{ title }}', body: '{{ alert.asset_id }}: {{ alert.message }}\n{{ link }}' } : null })} />
        {draft.template && (
          <>
            <TextInput label={texts.subject} value={draft.template.subject} error={at('template.subject')} onChange={(event) => draft.template && set({ template: { ...draft.template, subject: event.currentTarget.value } })} />
            <Textarea label={texts.body} description={texts.templateHint} autosize minRows={3} value={draft.template.body} error={at('template.body')} onChange={(event) => draft.template && set({ template: { ...draft.template, body: event.currentTarget.value } })} />
          </>
        )}
        {outcome && <Text size="sm" role="status" className="te-wrap">{outcome}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void test()}>{texts.test}</Button>
          <Button onClick={() => void save()}>{texts.save}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
