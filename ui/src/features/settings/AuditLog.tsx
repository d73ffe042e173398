/** Who changed what, and who was refused; and whether the chain of the log is whole. */
import { Button, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, type Page } from '../../api/client';
import { formatTime } from '../../lib/format';
import { settings as texts } from '../../lib/texts/settings';
import { Section } from './Section';

interface Entry { seq: number; at: string; actor_name: string | null; via: string; address: string; method: string; path: string; status: number; outcome: string; times: number }
interface Verdict { ok: boolean; entries: number; head: string; fault: string | null }

const PER_PAGE = 25;
const REFRESH_MS = 10_000;

export function AuditLog() {
  const [page, setPage] = useState(1);
  const [outcome, setOutcome] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [object] = useDebouncedValue(words.trim(), 300);
  const found = useQuery({
    queryKey: ['audit', page, outcome, object],
    queryFn: ({ signal }) => get<Page<Entry>>('/v1/audit', { page, per_page: PER_PAGE, outcome: outcome ?? undefined, object_id: object || undefined }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const pages = Math.max(1, Math.ceil((found.data?.meta.total ?? 0) / PER_PAGE));
  const first = () => setPage(1);
  return (
    <Section title={texts.audit} lead={texts.auditLead} error={found.error}>
      <Chain />
      <Group gap="sm" align="flex-end">
        <TextInput size="xs" w={220} label={texts.auditObject} placeholder={texts.auditObjectHint} value={words} onChange={(event) => { setWords(event.currentTarget.value); first(); }} />
        <Select size="xs" w={180} label={texts.auditOutcome} placeholder={texts.any} clearable clearButtonProps={{ 'aria-label': texts.clear }} value={outcome} onChange={(value) => { setOutcome(value); first(); }}
          data={Object.entries(texts.auditOutcomes).map(([value, label]) => ({ value, label }))} />
      </Group>
      <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.audit}>
        <Table miw={760} fz="sm" verticalSpacing={6}>
          <Table.Thead><Table.Tr>{[texts.time, texts.auditWho, texts.auditWhat, texts.auditOutcome].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {(found.data?.data ?? []).map((entry) => (
              <Table.Tr key={entry.seq}>
                <Table.Td className="te-value">{formatTime(Date.parse(entry.at))}</Table.Td>
                <Table.Td className="te-wrap">{entry.actor_name ?? texts.auditNobody}<Text size="xs" c="dimmed">{entry.address}{entry.via === 'none' ? '' : ` · ${entry.via}`}</Text></Table.Td>
                <Table.Td className="te-wrap"><b>{texts.auditVerbs[entry.method] ?? entry.method}</b> <Text span size="sm" ff="monospace">{entry.path}</Text></Table.Td>
                <Table.Td>{texts.auditOutcomes[entry.outcome] ?? entry.outcome} <Text span size="xs" c="dimmed">{entry.status}{entry.times > 1 && ` · ${texts.times(entry.times)}`}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">{texts.page(page, pages)}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" disabled={page <= 1} onClick={() => setPage(page - 1)}>{texts.later}</Button>
          <Button size="xs" variant="default" disabled={page >= pages} onClick={() => setPage(page + 1)}>{texts.earlier}</Button>
        </Group>
      </Group>
    </Section>
  );
}

/** Follows the hashes on demand: a long log takes a moment. */
function Chain() {
  const verdict = useQuery({ queryKey: ['audit-chain'], queryFn: async ({ signal }) => (await get<{ data: Verdict }>('/v1/audit/verify', {}, signal)).data, enabled: false });
  const it = verdict.data;
  return (
    <Group gap="sm">
      <Button size="xs" variant="default" loading={verdict.isFetching} onClick={() => void verdict.refetch()}>{texts.auditVerify}</Button>
      <Text size="sm" role="status" className="te-wrap" fw={it?.ok === false ? 650 : undefined}>{verdict.isError ? verdict.error.message : it ? (it.ok ? texts.auditWhole(it.entries) : `✕ ${it.fault}`) : ''}</Text>
    </Group>
  );
}
