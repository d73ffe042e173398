/** Copies of everything: taken while all goes on, listed with age and size, and how to put one back. */
import { Button, Code, CopyButton, Group, Loader, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { all, send } from '../../api/client';
import { useNow } from '../../api/hooks';
import { Confirm } from '../../components/Confirm';
import { formatAge, formatTime } from '../../lib/format';
import { formatBytes } from '../../lib/sizes';
import { settings as texts } from '../../lib/texts/settings';
import { Section } from './Section';

interface Backup { id: string; status: 'running' | 'ready' | 'failed'; note: string; version: string; parts: string[]; size_bytes: number; created_at: string; finished_at: string | null; error: string | null }

const KEY = ['backups'];
const PATH = '/v1/backups';
const WATCH_MS = 1000;
const seconds = (from: string, to: number) => (to - Date.parse(from)) / 1000;

export function Backups() {
  const client = useQueryClient();
  const now = useNow();
  const backups = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => all<Backup>(PATH, {}, signal),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.status === 'running') ? WATCH_MS : false),
  });
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<Error | null>(null);
  const [doomed, setDoomed] = useState<Backup | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: KEY });
  const known = backups.data ?? [];
  const isBusy = known.some((one) => one.status === 'running');
  const newest = known.find((one) => one.status === 'ready');
  const take = async (event: FormEvent) => {
    event.preventDefault();
    try {
      setFault(null);
      await send('POST', PATH, { note: note.trim() });
      setNote('');
    } catch (problem) {
      setFault(problem as Error);
    }
    await refresh();
  };
  return (
    <Section title={texts.backups} lead={texts.backupsLead} error={fault ?? backups.error}>
      <Group component="form" align="flex-end" onSubmit={(event) => void take(event)}>
        <TextInput label={texts.backupNote} placeholder={texts.backupNoteHint} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} w={{ base: '100%', xs: 320 }} />
        <Button type="submit" loading={isBusy}>{texts.backupTake}</Button>
      </Group>
      {backups.isSuccess && <Text size="sm" c="dimmed" role="status">{newest ? texts.backupNewest(formatAge(seconds(newest.created_at, now))) : texts.noBackups}</Text>}
      {known.length > 0 && (
        <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.backups}>
          <Table miw={720}>
            <Table.Thead><Table.Tr>{[texts.time, texts.state, texts.size, texts.backupNote, texts.version].map((head) => <Table.Th key={head} ta={head === texts.size ? 'right' : undefined}>{head}</Table.Th>)}<Table.Th><span className="te-hidden">{texts.remove}</span></Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {known.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td className="te-value">{formatTime(Date.parse(one.created_at))}<Text size="xs" c="dimmed" ff="monospace">{one.id}</Text></Table.Td>
                  <Table.Td><State backup={one} now={now} /></Table.Td>
                  <Table.Td ta="right" className="te-value">{one.status === 'ready' ? formatBytes(one.size_bytes) : '–'}</Table.Td>
                  <Table.Td className="te-wrap">{one.note}</Table.Td>
                  <Table.Td className="te-value">{one.version}</Table.Td>
                  <Table.Td ta="right"><Button size="compact-sm" variant="default" disabled={one.status === 'running'} aria-label={texts.removeOf(one.id)} onClick={() => setDoomed(one)}>{texts.remove}</Button></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Restore id={newest?.id ?? '<id>'} />
      {doomed && (
        <Confirm isOpen title={texts.removeOf(doomed.id)} action={texts.remove} onClose={() => setDoomed(null)} onConfirm={async () => { await send('DELETE', `${PATH}/${encodeURIComponent(doomed.id)}`); await refresh(); }}>
          {texts.backupRemoveSure}
        </Confirm>
      )}
    </Section>
  );
}

function State({ backup: { status, created_at, finished_at, error }, now }: { backup: Backup; now: number }) {
  if (status === 'running')
    return <Group gap={8} wrap="nowrap"><Loader size={14} aria-hidden="true" /><Text size="sm">{texts.backupRunning(formatAge(seconds(created_at, now)))}</Text></Group>;
  if (status === 'failed') return <Text size="sm" fw={650} className="te-wrap">✕ {texts.backupFailed}: {error}</Text>;
  return <Text size="sm">{texts.backupReady}{finished_at && <Text span size="xs" c="dimmed"> {texts.backupTook(formatAge(seconds(created_at, Date.parse(finished_at))))}</Text>}</Text>;
}

/** Restoring needs the server stopped, so it is done in a shell: the very line, to be copied. */
function Restore({ id }: { id: string }) {
  const line = `twinedge backup restore backups/${id} /path/to/new-data --secret-key secret.key`;
  return (
    <Stack className="te-panel" p="md" gap="xs">
      <Title order={3} size="h5">{texts.restore}</Title>
      {texts.restoreSteps.map((step) => <Text key={step} size="sm" className="te-wrap">{step}</Text>)}
      <Group wrap="nowrap" align="center">
        <Code block className="te-wrap" style={{ flex: 1, whiteSpace: 'pre-wrap' }}>{line}</Code>
        <CopyButton value={line}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? texts.copied : texts.copy}</Button>}</CopyButton>
      </Group>
    </Stack>
  );
}
