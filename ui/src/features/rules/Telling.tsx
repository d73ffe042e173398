/** Whom a rule tells: channels with a test, and whom else when nobody acknowledges. */
import { ActionIcon, Button, Group, MultiSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { send } from '../../api/client';
import { channelsQuery, type TestOutcome } from '../../api/notifications';
import type { RuleDraft } from '../../api/rules';
import { Icon } from '../../components/Icon';
import { rules as texts } from '../../lib/texts/rules';

const MINUTE_S = 60;

interface TellingProps { draft: RuleDraft; faultAt: (field: string) => string | undefined; onChange: (change: Partial<RuleDraft>) => void }

export function Telling({ draft, faultAt, onChange }: TellingProps) {
  const channels = useQuery(channelsQuery);
  const [outcomes, setOutcomes] = useState<Record<string, string>>({});
  const names = [...new Set([...(channels.data ?? []).map((one) => one.name), ...draft.notifications])];
  const label = (name: string) => (channels.data?.find((one) => one.name === name)?.configured === false ? texts.notConfigured(name) : name);
  const data = names.map((name) => ({ value: name, label: label(name) }));
  const test = async (name: string) => {
    const channel = channels.data?.find((one) => one.name === name);
    if (!channel) return;
    const say = (words: string) => setOutcomes((old) => ({ ...old, [name]: words }));
    say('…');
    try {
      const { data: outcome } = await send<{ data: TestOutcome }>('POST', `/v1/notification-channels/${channel.id}/test`);
      say(`${outcome.ok ? '✓' : '✕'} ${outcome.detail}`);
    } catch (error) {
      say(`✕ ${(error as Error).message}`);
    }
  };
  const steps = draft.escalation;
  const setStep = (index: number, change: Partial<(typeof steps)[number]>) => onChange({ escalation: steps.map((old, i) => (i === index ? { ...old, ...change } : old)) });
  return (
    <Stack gap="xs">
      <MultiSelect label={texts.channels} description={texts.channelsHint} data={data} value={draft.notifications} error={faultAt('notifications')} searchable onChange={(notifications) => onChange({ notifications })} />
      <Group gap="xs">
        {draft.notifications.map((name) => <Button key={name} size="xs" variant="default" leftSection={<Icon name="mail" size={14} />} onClick={() => void test(name)}>{texts.testChannel(name)}</Button>)}
        <Link to="/settings" search={{ tab: 'channels' } as never} className="te-go">{texts.toChannels}</Link>
      </Group>
      {Object.entries(outcomes).map(([name, words]) => <Text key={name} size="sm" role="status" className="te-wrap"><b>{name}</b>: {words}</Text>)}
      <Text size="sm" fw={500} mt="xs">{texts.escalation}</Text>
      {steps.map((step, index) => (
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap" className="te-inset" p="xs">
          <NumberInput w={120} label={texts.after} min={1} value={step.after_seconds / MINUTE_S} error={faultAt(`escalation[${index}].after_seconds`)} onChange={(value) => setStep(index, { after_seconds: (Number(value) || 1) * MINUTE_S })} />
          <MultiSelect style={{ flex: 1 }} label={texts.channels} data={data} value={step.notifications} error={faultAt(`escalation[${index}].notifications`)} onChange={(notifications) => setStep(index, { notifications })} />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${texts.dropStep} ${index + 1}`} onClick={() => onChange({ escalation: steps.filter((_, i) => i !== index) })}><Icon name="close" /></ActionIcon>
        </Group>
      ))}
      {faultAt('escalation') && <Text size="xs" role="alert" style={{ color: 'var(--te-critical)' }}>{faultAt('escalation')}</Text>}
      <Group>
        <Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange({ escalation: [...steps, { after_seconds: (steps.at(-1)?.after_seconds ?? 0) + 15 * MINUTE_S, notifications: draft.notifications.slice(0, 1) }] })}>{texts.addStep}</Button>
      </Group>
    </Stack>
  );
}
