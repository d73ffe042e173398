/** Notification routes: which alarms, when, to which channels, whatever their rule says. */
import { Button, Group, MultiSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, send } from '../../api/client';
import { channelsQuery, routesQuery, type NotificationRoute } from '../../api/notifications';
import { Confirm } from '../../components/Confirm';
import { Dialog } from '../../components/Dialog';
import { Failure, Waiting } from '../../components/Feedback';
import { ScheduleInput, scheduleWords } from '../../components/ScheduleInput';
import { settings as texts } from '../../lib/texts/settings';
import { EVERYTHING, ScopeInput, scopeWords } from './ScopeInput';
import { Section } from './Section';

type Draft = Omit<NotificationRoute, 'id' | 'version'>;
const pathOf = (route: NotificationRoute) => `/v1/notification-routes/${encodeURIComponent(route.id)}`;

export function Routes() {
  const client = useQueryClient();
  const routes = useQuery(routesQuery);
  const [edited, setEdited] = useState<NotificationRoute | 'new' | null>(null);
  const [doomed, setDoomed] = useState<NotificationRoute | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['notification-routes'] });
  if (routes.isPending) return <Waiting />;
  return (
    <Section title={texts.routes} lead={texts.routesLead} error={routes.error} add={{ label: texts.addRoute, onClick: () => setEdited('new') }}>
      <ul className="te-panel te-list">
        {(routes.data ?? []).map((route) => (
          <li key={route.id} data-off={!route.enabled || undefined}>
            <div className="te-list-main">
              <Text fw={600} className="te-wrap">{route.name}{!route.enabled && <Text span size="sm" c="dimmed"> · {texts.off}</Text>}</Text>
              <Text size="sm" c="dimmed" className="te-wrap">{scopeWords(route.scope)} → {route.notifications.join(', ')}{route.schedule && ` · ${scheduleWords(route.schedule)}`}</Text>
            </div>
            <Group gap={6}>
              <Button size="xs" variant="default" aria-label={texts.edit(route.name)} onClick={() => setEdited(route)}>{texts.edit('')}</Button>
              <Button size="xs" variant="default" aria-label={texts.removeOf(route.name)} onClick={() => setDoomed(route)}>{texts.remove}</Button>
            </Group>
          </li>
        ))}
        {routes.data?.length === 0 && <li><Text size="sm" c="dimmed">{texts.none}</Text></li>}
      </ul>
      {edited && <Editor route={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onSaved={() => { setEdited(null); void refresh(); }} />}
      {doomed && <Confirm isOpen title={texts.remove} action={texts.remove} onClose={() => setDoomed(null)} onConfirm={async () => { await send('DELETE', pathOf(doomed)); await refresh(); }}>{texts.removeRoute(doomed.name)}</Confirm>}
    </Section>
  );
}

function Editor({ route, onSaved, onClose }: { route: NotificationRoute | null; onSaved: () => void; onClose: () => void }) {
  const channels = useQuery(channelsQuery);
  const [draft, setDraft] = useState<Draft>(route ?? { name: '', enabled: true, scope: EVERYTHING, schedule: null, notifications: [] });
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.faults.find((fault) => fault.field.startsWith(field))?.message : undefined);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = async () => {
    const { name, enabled, scope, schedule, notifications } = draft;
    const body = { name, enabled, scope, schedule, notifications };
    try {
      if (route) await send('PUT', pathOf(route), body, route.version);
      else await send('POST', '/v1/notification-routes', body);
      onSaved();
    } catch (fault) {
      setError(fault as Error);
    }
  };
  return (
    <Dialog title={route ? texts.edit(route.name) : texts.addRoute} size="lg" onClose={onClose}>
      <Stack gap="sm">
        {error && <Failure error={error} />}
        <TextInput required data-autofocus label={texts.name} value={draft.name} error={at('name')} onChange={(event) => set({ name: event.currentTarget.value })} />
        <ScopeInput value={draft.scope} onChange={(scope) => set({ scope })} />
        <MultiSelect required label={texts.to} data={(channels.data ?? []).map((one) => one.name)} value={draft.notifications} error={at('notifications')} onChange={(notifications) => set({ notifications })} />
        <ScheduleInput label={texts.when} value={draft.schedule} error={at('schedule')} onChange={(schedule) => set({ schedule })} />
        <Switch label={texts.enabled} checked={draft.enabled} onChange={(event) => set({ enabled: event.currentTarget.checked })} />
        <Group justify="flex-end"><Button onClick={() => void save()}>{texts.save}</Button></Group>
      </Stack>
    </Dialog>
  );
}
