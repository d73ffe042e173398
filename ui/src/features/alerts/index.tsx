/** The alarm console: unfolded, unresolved first; by keys, in bulk, with a note. */
import { Button, Checkbox, Group, Modal, Select, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type KeyboardEvent } from 'react';
import { get, send, type Page as PageOf } from '../../api/client';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { Severity } from '../../components/Severity';
import { formatScalar, formatTime, type Scalar } from '../../lib/format';
import { alerts as texts } from '../../lib/texts/alerts';

interface AlarmRow {
  id: string;
  rule_name: string;
  severity: 'critical' | 'warning' | 'info';
  status: 'active' | 'acknowledged' | 'resolved';
  asset_id: string | null;
  tag_name: string | null;
  message: string;
  value: Scalar;
  triggered_at: string;
  history: Record<string, unknown>[];
}

type Verb = 'acknowledge' | 'resolve' | 'shelve';

export function Alarms() {
  const search = useSearch({ strict: false }) as { status?: string; severity?: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const [note, setNote] = useState('');
  const [errors, setErrors] = useState<string[]>([]);
  const [shown, setShown] = useState<AlarmRow | null>(null);
  const found = useQuery({
    queryKey: ['alerts', 'console', search.status, search.severity],
    queryFn: ({ signal }) =>
      get<PageOf<AlarmRow>>('/v1/alerts', { per_page: 100, status: search.status, severity: search.severity }, signal),
    refetchInterval: 2000,
    placeholderData: keepPreviousData,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const rows = found.data.data;
  const filter = (name: 'status' | 'severity', value: string | null) =>
    void navigate({ to: '/alarms', search: { ...search, [name]: value ?? undefined } as never });
  const act = async (verb: Verb, ids: string[]) => {
    const body = verb === 'shelve' ? { duration_seconds: 3600, reason: note } : { note: note || null };
    const results = await Promise.allSettled(ids.map((id) => send('POST', `/v1/alerts/${id}/${verb}`, body)));
    setErrors(results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : [])));
    setChosen(new Set());
    setNote('');
    await client.invalidateQueries({ queryKey: ['alerts'] });
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const ids = () => (chosen.size > 0 ? [...chosen] : rows[at] ? [rows[at].id] : []);
  const onKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    if (event.key === 'j') setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'k') setAt(Math.max(at - 1, 0));
    else if (event.key === 'x' && row) toggle(row.id);
    else if (event.key === 'a') void act('acknowledge', ids());
    else if (event.key === 'r') void act('resolve', ids());
    else return;
    event.preventDefault();
  };
  const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
  return (
    <Page title={texts.title}>
      <Group align="flex-end" className="te-panel" p="sm">
        <Select label={texts.status} placeholder={texts.any} clearable clearButtonProps={{ 'aria-label': texts.any }} value={search.status ?? null} data={options(texts.statuses)} onChange={(v) => filter('status', v)} />
        <Select label={texts.severity} placeholder={texts.any} clearable clearButtonProps={{ 'aria-label': texts.any }} value={search.severity ?? null} data={['critical', 'warning', 'info']} onChange={(v) => filter('severity', v)} />
        <TextInput label={texts.note} value={note} onChange={(e) => setNote(e.currentTarget.value)} />
        <Button disabled={chosen.size === 0} onClick={() => void act('acknowledge', ids())}>{texts.acknowledge}</Button>
        <Button variant="default" disabled={chosen.size === 0} onClick={() => void act('resolve', ids())}>{texts.resolve}</Button>
        <Button variant="default" disabled={chosen.size === 0} onClick={() => void act('shelve', ids())}>{texts.shelve}</Button>
        <Text size="sm" role="status">{texts.chosen(chosen.size)}</Text>
      </Group>
      {errors.length > 0 && <Failure error={new Error(`${texts.failed(errors.length)} ${errors.join('; ')}`)} />}
      {rows.length === 0 ? (
        <Empty title={texts.emptyTitle} />
      ) : (
        <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={`${texts.title}. ${texts.keys}`} onKeyDown={onKey}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th><VisuallyHidden>{texts.chosen(chosen.size)}</VisuallyHidden></Table.Th>
                <Table.Th>{texts.severity}</Table.Th>
                <Table.Th>{texts.status}</Table.Th>
                <Table.Th>{texts.source}</Table.Th>
                <Table.Th>{texts.message}</Table.Th>
                <Table.Th>{texts.value}</Table.Th>
                <Table.Th>{texts.since}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row, index) => (
                <Table.Tr key={row.id} aria-current={index === at} style={index === at ? { outline: '2px solid var(--te-muted)', outlineOffset: -2 } : undefined} onClick={() => setAt(index)}>
                  <Table.Td><Checkbox aria-label={texts.choose(row.rule_name)} checked={chosen.has(row.id)} onChange={() => toggle(row.id)} disabled={row.status === 'resolved'} /></Table.Td>
                  <Table.Td><Severity level={row.severity} /></Table.Td>
                  <Table.Td style={{ fontWeight: row.status === 'active' ? 700 : 400 }}>{texts.statuses[row.status]}</Table.Td>
                  <Table.Td className="te-wrap">{row.asset_id} {row.tag_name && `· ${row.tag_name}`}</Table.Td>
                  <Table.Td className="te-wrap">
                    <Button variant="transparent" px={0} h="auto" styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }} onClick={() => setShown(row)}>{row.message}</Button>
                  </Table.Td>
                  <Table.Td className="te-value">{formatScalar(row.value)}</Table.Td>
                  <Table.Td className="te-value">{formatTime(Date.parse(row.triggered_at))}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Text size="xs" c="dimmed">{texts.keys}</Text>
      <Modal opened={shown !== null} onClose={() => setShown(null)} title={shown?.rule_name} closeButtonProps={{ 'aria-label': texts.close }}>
        {shown?.history.map((entry, index) => (
          <Text key={index} size="sm" className="te-wrap">{Object.values(entry).filter((v) => v !== null).map(String).join(' · ')}</Text>
        ))}
      </Modal>
    </Page>
  );
}
