/** Maintenance windows: planned spans, once or recurring, in which alarms are kept but told to nobody. */
import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, send } from '../../api/client';
import { windowsQuery, type MaintenanceWindow } from '../../api/notifications';
import { Confirm } from '../../components/Confirm';
import { Dialog } from '../../components/Dialog';
import { Failure, Waiting } from '../../components/Feedback';
import { ScheduleInput, scheduleWords } from '../../components/ScheduleInput';
import { formatTime } from '../../lib/format';
import { settings as texts } from '../../lib/texts/settings';
import { fromZone, inZone } from '../../lib/zone';
import { EVERYTHING, ScopeInput, scopeWords } from './ScopeInput';
import { Section } from './Section';

type Draft = Omit<MaintenanceWindow, 'id' | 'version' | 'active'>;
const HOUR_MS = 3_600_000;
const pathOf = (window: MaintenanceWindow) => `/v1/maintenance-windows/${encodeURIComponent(window.id)}`;
/** A moment as the browser's field for it wants it. */
const wall = (time: string | null): string => {
  if (time === null) return '';
  const { day, clock } = inZone(Date.parse(time));
  return `${day}T${clock.slice(0, 5)}`;
};
const moment = (text: string): string | null => (text ? new Date(fromZone(text)).toISOString() : null);

function words({ start, end, schedule }: MaintenanceWindow): string {
  const span = [start && formatTime(Date.parse(start)), end && formatTime(Date.parse(end))];
  const times = start || end ? `${span[0] ?? ''} – ${span[1] ?? ''}` : '';
  return [times, schedule && scheduleWords(schedule)].filter(Boolean).join(', ');
}

export function Maintenance() {
  const client = useQueryClient();
  const windows = useQuery(windowsQuery);
  const [edited, setEdited] = useState<MaintenanceWindow | 'new' | null>(null);
  const [doomed, setDoomed] = useState<MaintenanceWindow | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['maintenance-windows'] });
  if (windows.isPending) return <Waiting />;
  return (
    <Section title={texts.maintenance} lead={texts.maintenanceLead} error={windows.error} add={{ label: texts.addWindow, onClick: () => setEdited('new') }}>
      <ul className="te-panel te-list">
        {(windows.data ?? []).map((one) => (
          <li key={one.id}>
            <div className="te-list-main">
              <Text fw={600} className="te-wrap">{one.name}{one.active && <Text span size="sm"> · {texts.active}</Text>}</Text>
              <Text size="sm" c="dimmed" className="te-wrap">{words(one)} · {scopeWords(one.scope)}</Text>
              {one.reason && <Text size="sm" className="te-wrap">{one.reason}</Text>}
            </div>
            <Group gap={6}>
              <Button size="xs" variant="default" aria-label={texts.edit(one.name)} onClick={() => setEdited(one)}>{texts.edit('')}</Button>
              <Button size="xs" variant="default" aria-label={texts.removeOf(one.name)} onClick={() => setDoomed(one)}>{texts.remove}</Button>
            </Group>
          </li>
        ))}
        {windows.data?.length === 0 && <li><Text size="sm" c="dimmed">{texts.none}</Text></li>}
      </ul>
      {edited && <Editor window={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onSaved={() => { setEdited(null); void refresh(); }} />}
      {doomed && <Confirm isOpen title={texts.remove} action={texts.remove} onClose={() => setDoomed(null)} onConfirm={async () => { await send('DELETE', pathOf(doomed)); await refresh(); }}>{texts.removeWindow(doomed.name)}</Confirm>}
    </Section>
  );
}

function Editor({ window, onSaved, onClose }: { window: MaintenanceWindow | null; onSaved: () => void; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>(() => window ?? { name: '', reason: '', start: new Date().toISOString(), end: new Date(Date.now() + 4 * HOUR_MS).toISOString(), schedule: null, scope: EVERYTHING });
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.faults.find((fault) => fault.field.startsWith(field))?.message : undefined);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = async () => {
    const { name, reason, start, end, schedule, scope } = draft;
    const body = { name, reason, start, end, schedule, scope };
    try {
      if (window) await send('PUT', pathOf(window), body, window.version);
      else await send('POST', '/v1/maintenance-windows', body);
      onSaved();
    } catch (fault) {
      setError(fault as Error);
    }
  };
  return (
    <Dialog title={window ? texts.edit(window.name) : texts.addWindow} size="lg" onClose={onClose}>
      <Stack gap="sm">
        {error && <Failure error={error} />}
        <TextInput required data-autofocus label={texts.name} value={draft.name} error={at('name')} onChange={(event) => set({ name: event.currentTarget.value })} />
        <Textarea label={texts.reason} autosize minRows={2} value={draft.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
        <Group grow align="flex-start">
          <TextInput type="datetime-local" label={texts.start} description={texts.startHint} value={wall(draft.start)} error={at('start')} onChange={(event) => set({ start: moment(event.currentTarget.value) })} />
          <TextInput type="datetime-local" label={texts.end} description={texts.endHint} value={wall(draft.end)} error={at('end')} onChange={(event) => set({ end: moment(event.currentTarget.value) })} />
        </Group>
        <ScheduleInput label={texts.recurring} value={draft.schedule} error={at('schedule')} onChange={(schedule) => set({ schedule })} />
        <ScopeInput value={draft.scope} onChange={(scope) => set({ scope })} />
        <Group justify="flex-end"><Button onClick={() => void save()}>{texts.save}</Button></Group>
      </Stack>
    </Dialog>
  );
}
