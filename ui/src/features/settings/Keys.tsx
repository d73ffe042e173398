/** API keys: made with scopes and an end, shown once, rotated, revoked. */
import { Alert, Button, Code, CopyButton, Group, MultiSelect, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { all, ApiError, send } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { Dialog } from '../../components/Dialog';
import { formatTime } from '../../lib/format';
import { settings as texts } from '../../lib/texts/settings';
import { fromZone } from '../../lib/zone';
import { Section } from './Section';

interface Key { id: string; name: string; scopes: string[]; created_at: string; expires_at: string | null; last_used_at: string | null }

const NOUNS = ['data_sources', 'telemetry', 'dashboards', 'alerts', 'ml', 'assets'];
const SCOPES = ['admin', ...NOUNS.flatMap((noun) => [`read:${noun}`, `write:${noun}`])];
const PRESETS: Record<keyof typeof texts.presets, string[]> = {
  look: NOUNS.map((noun) => `read:${noun}`),
  operate: [...NOUNS.map((noun) => `read:${noun}`), 'write:alerts', 'write:dashboards', 'write:assets'],
  ingest: ['write:telemetry'],
  admin: ['admin'],
};
const KEYS = ['keys'];

export function Keys() {
  const client = useQueryClient();
  const keys = useQuery({ queryKey: KEYS, queryFn: ({ signal }) => all<Key>('/v1/api-keys', {}, signal) });
  const [isMaking, setMaking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ key: Key; deed: 'rotate' | 'revoke' } | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: KEYS });
  const confirm = async () => {
    if (!asked) return;
    const path = `/v1/api-keys/${encodeURIComponent(asked.key.id)}`;
    if (asked.deed === 'revoke') await send('DELETE', path);
    else setShown((await send<{ data: { key: string } }>('POST', `${path}/rotate`)).data.key);
    await refresh();
  };
  const moment = (time: string | null, otherwise: string) => (time === null ? otherwise : formatTime(Date.parse(time)));
  return (
    <Section title={texts.keys} lead={texts.keysLead} error={keys.error} add={{ label: texts.newKey, onClick: () => setMaking(true) }}>
      {shown !== null && (
        <Alert color="gray" variant="outline" title={texts.shownOnce} role="status">
          <Group wrap="nowrap" align="center">
            <Code className="te-wrap" fz="sm">{shown}</Code>
            <CopyButton value={shown}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? texts.copied : texts.copy}</Button>}</CopyButton>
          </Group>
        </Alert>
      )}
      <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.keys}>
        <Table miw={720}>
          <Table.Thead><Table.Tr>{[texts.name, texts.scopes, texts.created, texts.expires, texts.used].map((head) => <Table.Th key={head}>{head}</Table.Th>)}<Table.Th><span className="te-hidden">{texts.revoke}</span></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {(keys.data ?? []).map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td className="te-wrap" fw={600}>{key.name}</Table.Td>
                <Table.Td maw={320}><Text size="sm">{key.scopes.join(', ')}</Text></Table.Td>
                <Table.Td className="te-value">{moment(key.created_at, '')}</Table.Td>
                <Table.Td className="te-value">{moment(key.expires_at, texts.forever)}</Table.Td>
                <Table.Td className="te-value">{moment(key.last_used_at, texts.never)}</Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap" justify="flex-end">
                    <Button size="compact-sm" variant="default" aria-label={texts.rotateOf(key.name)} onClick={() => setAsked({ key, deed: 'rotate' })}>{texts.rotate}</Button>
                    <Button size="compact-sm" variant="default" aria-label={texts.revokeOf(key.name)} onClick={() => setAsked({ key, deed: 'revoke' })}>{texts.revoke}</Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {isMaking && <Make onClose={() => setMaking(false)} onMade={(key) => { setMaking(false); setShown(key); void refresh(); }} />}
      {asked && (
        <Confirm isOpen title={asked.deed === 'revoke' ? texts.revoke : texts.rotate} action={asked.deed === 'revoke' ? texts.revoke : texts.rotate} onClose={() => setAsked(null)} onConfirm={confirm}>
          {asked.deed === 'revoke' ? texts.sure(asked.key.name) : texts.rotateSure(asked.key.name)}
        </Confirm>
      )}
    </Section>
  );
}

function Make({ onMade, onClose }: { onMade: (key: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState(PRESETS.look);
  const [expires, setExpires] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.faults.find((fault) => fault.field.startsWith(field))?.message : undefined);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const expires_at = expires ? new Date(fromZone(expires)).toISOString() : null;
      onMade((await send<{ data: { key: string } }>('POST', '/v1/api-keys', { name, scopes, expires_at })).data.key);
    } catch (fault) {
      setError(fault as Error);
    }
  };
  return (
    <Dialog title={texts.newKey} onClose={onClose}>
      <form onSubmit={(event) => void create(event)}>
        <Stack>
          <TextInput data-autofocus required label={texts.name} value={name} error={at('name')} onChange={(event) => setName(event.currentTarget.value)} />
          <Select label={texts.preset} data={Object.entries(texts.presets).map(([value, label]) => ({ value, label }))} defaultValue="look" allowDeselect={false} onChange={(preset) => preset && setScopes(PRESETS[preset as keyof typeof PRESETS])} />
          <MultiSelect required label={texts.scopes} data={SCOPES} value={scopes} error={at('scopes')} onChange={setScopes} />
          <TextInput type="datetime-local" label={texts.expires} description={texts.forever} value={expires} error={at('expires_at')} onChange={(event) => setExpires(event.currentTarget.value)} />
          {error && !at('') && <Text size="sm" role="alert">{error.message}</Text>}
          <Button type="submit">{texts.create}</Button>
        </Stack>
      </form>
    </Dialog>
  );
}
