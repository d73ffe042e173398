/** Open alarms, live: by pointer, by keys, one or many at a time. */
import { Button, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type KeyboardEvent } from 'react';
import { changeAlerts, isUrgent, openAlertsQuery, SEVERITIES, type Alert, type Verb } from '../../api/alerts';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { alerts as texts } from '../../lib/texts/alerts';
import { ActionDialog } from './ActionDialog';
import { AlarmTable } from './AlarmTable';
import { countOf, rowsOf } from './rows';
import { useAlarmSearch, type View } from './search';

const VIEWS = Object.keys(texts.views) as View[];

export function Console({ onHelp }: { onHelp: () => void }) {
  const [search, setSearch] = useAlarmSearch();
  const client = useQueryClient();
  const open = useQuery(openAlertsQuery);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const [asking, setAsking] = useState<{ verb: Verb; ids: string[] } | null>(null);
  const [faults, setFaults] = useState<string[]>([]);
  if (open.isPending) return <Waiting />;
  if (open.isError && !open.data) return <Failure error={open.error} onRetry={() => void open.refetch()} />;
  const { alerts, total } = open.data;
  const view = search.view ?? 'attention';
  const rows = rowsOf(alerts, { ...search, view }, unfolded);
  const here = Math.min(at, Math.max(rows.length - 1, 0));
  const known = new Set(alerts.map((alert) => alert.id));
  const picked = [...chosen].filter((id) => known.has(id));
  const ids = () => (picked.length > 0 ? picked : rows[here] ? [rows[here].alert.id] : []);

  const act = async (verb: Verb, on: string[], body?: unknown) => {
    setAsking(null);
    const refused = await changeAlerts(verb, on, body);
    setFaults(refused);
    const done = on.length - refused.length;
    if (done > 0) notifications.show({ message: texts.done[verb](done), color: 'gray', autoClose: 2500 });
    setChosen(new Set());
    await client.invalidateQueries({ queryKey: ['alerts'] });
  };
  const ask = (verb: Verb) => {
    const on = ids();
    if (on.length > 0) setAsking({ verb, ids: on });
  };
  const flip = (set: ReadonlySet<string>, id: string) => {
    const next = new Set(set);
    if (!next.delete(id)) next.add(id);
    return next;
  };
  const show = (alert: Alert | undefined) => setSearch({ alert: alert?.id });
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), rows.length - 1);
    setAt(next);
    // With the details open they follow the mark, so that j and k read through the list.
    if (search.alert) show(rows[next]?.alert);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = event.target instanceof HTMLElement && event.target.closest('button, input, a');
    if (onControl && (event.key === 'Enter' || event.key === ' ')) return;
    const row = rows[here];
    const keys: Record<string, () => void> = {
      j: () => move(here + 1), ArrowDown: () => move(here + 1), k: () => move(here - 1), ArrowUp: () => move(here - 1),
      Home: () => move(0), End: () => move(rows.length - 1),
      x: () => row && setChosen(flip(chosen, row.alert.id)), ' ': () => row && setChosen(flip(chosen, row.alert.id)),
      Enter: () => show(row?.alert), a: () => void act('acknowledge', ids(), { note: null }), A: () => ask('acknowledge'),
      r: () => ask('resolve'), s: () => ask('shelve'), u: () => ask('unshelve'), '?': onHelp,
      Escape: () => (chosen.size > 0 ? setChosen(new Set()) : show(undefined)),
    };
    const press = keys[event.key];
    if (!press) return;
    press();
    event.preventDefault();
  };
  const names = (list: (string | null)[]) => [...new Set(list)].filter((name): name is string => name !== null).sort();
  const ruleNames = new Map(alerts.map((alert) => [alert.rule_id, alert.rule_name]));
  return (
    <>
      <Group className="te-toolbar" gap="sm">
        <SegmentedControl size="xs" style={{ maxWidth: '100%', overflowX: 'auto' }} aria-label={texts.viewsName} value={view} onChange={(value) => { setSearch({ view: value === 'attention' ? undefined : (value as View) }); setAt(0); }}
          data={VIEWS.map((name) => ({ value: name, label: `${texts.views[name]} ${countOf(alerts, name)}` }))} />
        <TextInput size="xs" aria-label={texts.textHint} placeholder={texts.textHint} leftSection={<Icon name="search" size={14} />} value={search.q ?? ''} onChange={(event) => setSearch({ q: event.currentTarget.value })} w={220} />
        <Select size="xs" w={130} aria-label={texts.severity} placeholder={texts.severity} clearable clearButtonProps={{ 'aria-label': texts.clear }} data={SEVERITIES} value={search.severity ?? null} onChange={(value) => setSearch({ severity: value ?? undefined })} />
        <Select size="xs" w={160} searchable aria-label={texts.asset} placeholder={texts.asset} clearable clearButtonProps={{ 'aria-label': texts.clear }} data={names(alerts.map((alert) => alert.asset_id))} value={search.asset ?? null} onChange={(value) => setSearch({ asset: value ?? undefined })} />
        {search.rule && <Button size="xs" variant="default" rightSection={<Icon name="close" size={12} />} onClick={() => setSearch({ rule: undefined })}>{ruleNames.get(search.rule) ?? search.rule}</Button>}
      </Group>
      {picked.length > 0 && (
        <Group className="te-panel te-bulk" role="toolbar" aria-label={texts.chosen(picked.length)}>
          <Text size="sm" fw={600} role="status">{texts.chosen(picked.length)}</Text>
          <Button size="xs" onClick={() => ask('acknowledge')}>{texts.acknowledge}</Button>
          <Button size="xs" variant="default" onClick={() => ask('shelve')}>{texts.shelve}</Button>
          {alerts.some((alert) => alert.state === 'shelved' && chosen.has(alert.id)) && <Button size="xs" variant="default" onClick={() => ask('unshelve')}>{texts.unshelve}</Button>}
          <Button size="xs" variant="default" onClick={() => ask('resolve')}>{texts.resolve}</Button>
        </Group>
      )}
      {faults.length > 0 && <Failure error={new Error(`${texts.failed(faults.length)} ${[...new Set(faults)].join('; ')}`)} />}
      {total > alerts.length && <Text size="sm" role="status">{texts.cut(alerts.length, total)}</Text>}
      {rows.length === 0 ? (
        <Empty title={texts.emptyTitle}><Text size="sm" c="dimmed">{texts.emptyLead}</Text><Link to="/rules">{texts.toRules}</Link></Empty>
      ) : (
        <AlarmTable label={texts.title} rows={rows} at={here} onAt={(index) => move(index)} onOpen={show} onKey={onKey}
          actions={{
            chosen, onChoose: (id) => setChosen(flip(chosen, id)),
            onChooseAll: () => setChosen(rows.every((row) => chosen.has(row.alert.id)) ? new Set() : new Set(rows.map((row) => row.alert.id))),
            onAcknowledge: (alert) => void act('acknowledge', isUrgent(alert) ? [alert.id] : [], { note: null }),
            onUnfold: (alert) => setUnfolded(flip(unfolded, alert.id)),
          }} />
      )}
      {asking && <ActionDialog verb={asking.verb} count={asking.ids.length} onClose={() => setAsking(null)} onDo={(body) => void act(asking.verb, asking.ids, body)} />}
    </>
  );
}
