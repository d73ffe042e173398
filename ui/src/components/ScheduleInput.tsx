/** When something applies: spans of the day on weekdays, by the clock of a zone. */
import { ActionIcon, Button, Chip, Group, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { Schedule } from '../api/rules';
import { schedule as texts } from '../lib/texts/schedule';
import { localZone, zones } from '../lib/zone';
import { Icon } from './Icon';

const DAYS = Object.keys(texts.days) as (keyof typeof texts.days)[];
const WORK: Schedule['windows'][number] = { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '06:00', to: '22:00' };

interface ScheduleInputProps { label: string; value: Schedule | null; error?: string | undefined; onChange: (value: Schedule | null) => void }

export function ScheduleInput({ label, value, error, onChange }: ScheduleInputProps) {
  const set = (index: number, change: Partial<typeof WORK>) =>
    value && onChange({ ...value, windows: value.windows.map((old, i) => (i === index ? { ...old, ...change } : old)) });
  return (
    <Stack gap="xs">
      <Switch label={label} checked={value !== null} onChange={(event) => onChange(event.currentTarget.checked ? { timezone: localZone, windows: [WORK] } : null)} />
      {value?.windows.map((window, index) => (
        <Group key={index} gap="xs" align="center" className="te-inset" p="xs">
          <Chip.Group multiple value={window.weekdays} onChange={(weekdays) => weekdays.length > 0 && set(index, { weekdays })}>
            <Group gap={4} role="group" aria-label={texts.weekdays}>{DAYS.map((day) => <Chip key={day} size="xs" value={day}>{texts.days[day]}</Chip>)}</Group>
          </Chip.Group>
          <TextInput type="time" size="xs" aria-label={texts.from} value={window.from} onChange={(event) => event.currentTarget.value && set(index, { from: event.currentTarget.value })} />
          <Text size="sm">{texts.until}</Text>
          <TextInput type="time" size="xs" aria-label={texts.to} value={window.to === '24:00' ? '00:00' : window.to}
            onChange={(event) => event.currentTarget.value && set(index, { to: event.currentTarget.value === '00:00' ? '24:00' : event.currentTarget.value })} />
          {value.windows.length > 1 && (
            <ActionIcon variant="subtle" color="gray" aria-label={texts.drop} onClick={() => onChange({ ...value, windows: value.windows.filter((_, i) => i !== index) })}><Icon name="close" /></ActionIcon>
          )}
        </Group>
      ))}
      {value && (
        <Group gap="xs" align="flex-end">
          <NativeSelect size="xs" label={texts.zone} value={value.timezone} data={zones()} onChange={(event) => onChange({ ...value, timezone: event.currentTarget.value })} />
          <Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => onChange({ ...value, windows: [...value.windows, WORK] })}>{texts.add}</Button>
        </Group>
      )}
      {error && <Text size="xs" role="alert" style={{ color: 'var(--te-critical)' }}>{error}</Text>}
    </Stack>
  );
}

/** A schedule in words: Mon–Fri 06:00–22:00. */
export function scheduleWords(value: Schedule): string {
  return value.windows.map(({ weekdays, from, to }) => {
    const days = weekdays.length === 7 ? texts.everyDay : weekdays.map((day) => texts.days[day as keyof typeof texts.days] ?? day).join(' ');
    return `${days} ${from}–${to}`;
  }).join(', ');
}
