/** Alarms of the past, found by time, priority, asset, rule and words; kept as a sheet. */
import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { alertPage, alertSheet, SEVERITIES, type AlertFilter } from '../../api/alerts';
import { assetsQuery } from '../../api/assets';
import { rulesQuery } from '../../api/rules';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { saveFile } from '../../lib/save';
import { alerts as texts } from '../../lib/texts/alerts';
import { fromZone } from '../../lib/zone';
import { AlarmTable } from './AlarmTable';
import { useAlarmSearch, type AlarmSearch } from './search';

const HOUR_MS = 3_600_000;
const WEEK_H = '168';

/** The server's filter for what the address says; `now` is rounded so that the question stays the same for a minute. */
export function filterOf(search: AlarmSearch, now: number): AlertFilter {
  const span = search.span ?? WEEK_H;
  const hours = Number(span);
  const iso = (wall: string | undefined) => (wall ? new Date(fromZone(wall)).toISOString() : undefined);
  const start = span === 'own' ? iso(search.from) : hours > 0 ? new Date(Math.floor(now / 60_000) * 60_000 - hours * HOUR_MS).toISOString() : undefined;
  return {
    status: search.status, severity: search.severity, asset_id: search.asset, rule_id: search.rule, q: search.q,
    start, end: span === 'own' ? iso(search.to) : undefined,
  };
}

export function History() {
  const [search, setSearch] = useAlarmSearch();
  const [words, setWords] = useState(search.q ?? '');
  const [q] = useDebouncedValue(words, 300);
  const assets = useQuery(assetsQuery);
  const rules = useQuery(rulesQuery);
  const [at, setAt] = useState(0);
  const [error, setError] = useState<Error | null>(null);
  const filter = filterOf({ ...search, q: q || undefined }, Date.now());
  const found = useInfiniteQuery({
    queryKey: ['alerts', 'history', filter],
    queryFn: ({ pageParam, signal }) => alertPage(filter, pageParam, signal),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.meta.page * last.meta.per_page < last.meta.total ? last.meta.page + 1 : undefined),
  });
  const rows = (found.data?.pages ?? []).flatMap((page) => page.data).map((alert) => ({ alert, isChild: false, explains: 0 }));
  const total = found.data?.pages[0]?.meta.total ?? 0;
  const here = Math.min(at, Math.max(rows.length - 1, 0));
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), rows.length - 1);
    setAt(next);
    if (search.alert) setSearch({ alert: rows[next]?.alert.id });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step) move(here + step);
    else if (event.key === 'Enter' && event.target === event.currentTarget) setSearch({ alert: rows[here]?.alert.id });
    else if (event.key === 'Escape') setSearch({ alert: undefined });
    else return;
    event.preventDefault();
  };
  const keep = async () => {
    try {
      setError(null);
      saveFile('alarms.csv', await alertSheet(filter), 'text/csv');
    } catch (fault) {
      setError(fault as Error);
    }
  };
  const options = (words_: Record<string, string>) => Object.entries(words_).map(([value, label]) => ({ value, label }));
  const clear = { clearable: true, clearButtonProps: { 'aria-label': texts.clear }, size: 'xs' as const, placeholder: texts.any };
  return (
    <>
      <Group className="te-toolbar" gap="sm" align="flex-end">
        <Select size="xs" w={170} label={texts.span} allowDeselect={false} data={options({ ...texts.spans })} value={search.span ?? WEEK_H} onChange={(span) => setSearch({ span: span ?? undefined })} />
        {search.span === 'own' && (
          <>
            <TextInput size="xs" type="datetime-local" label={texts.from} value={search.from ?? ''} onChange={(event) => setSearch({ from: event.currentTarget.value })} />
            <TextInput size="xs" type="datetime-local" label={texts.to} value={search.to ?? ''} onChange={(event) => setSearch({ to: event.currentTarget.value })} />
          </>
        )}
        <Select {...clear} w={120} label={texts.severity} data={SEVERITIES} value={search.severity ?? null} onChange={(severity) => setSearch({ severity: severity ?? undefined })} />
        <Select {...clear} w={140} label={texts.status} data={options(texts.statuses)} value={search.status ?? null} onChange={(status) => setSearch({ status: status ?? undefined })} />
        <Select {...clear} w={160} label={texts.asset} searchable data={(assets.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={search.asset ?? null} onChange={(asset) => setSearch({ asset: asset ?? undefined })} />
        <Select {...clear} w={180} label={texts.rule} searchable data={(rules.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={search.rule ?? null} onChange={(rule) => setSearch({ rule: rule ?? undefined })} />
        <TextInput size="xs" w={190} label={texts.text} placeholder={texts.textHint} value={words} onChange={(event) => { setWords(event.currentTarget.value); setSearch({ q: event.currentTarget.value }); }} />
        <Button size="xs" variant="default" leftSection={<Icon name="download" size={14} />} disabled={total === 0} onClick={() => void keep()}>{texts.exportCsv}</Button>
      </Group>
      {error && <Failure error={error} />}
      {found.isError ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Waiting />
      ) : rows.length === 0 ? (
        <Empty title={texts.emptyHistory} />
      ) : (
        <>
          <AlarmTable label={texts.tabs.history} rows={rows} at={here} onAt={move} onOpen={(alert) => setSearch({ alert: alert.id })} onKey={onKey} />
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">{texts.counted(rows.length, total)}</Text>
            {found.hasNextPage && <Button size="xs" variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{texts.more}</Button>}
          </Group>
        </>
      )}
    </>
  );
}
