import { Alert, Anchor, Button, Code, Group, MultiSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { all, get, send } from '../../api/client';
import { Failure } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { settings as texts } from '../../lib/texts/settings';

interface Key { id: string; name: string; scopes: string[]; last_used_at: string | null }
interface Ready { status: string; checks: Record<string, string>; sources: Record<string, number> }

const NOUNS = ['data_sources', 'telemetry', 'dashboards', 'alerts', 'ml', 'assets'];
const SCOPES = ['admin', ...NOUNS.flatMap((noun) => [`read:${noun}`, `write:${noun}`])];

export function Settings() {
  return (
    <Page title={texts.title}>
      <Keys />
      <Health />
      <Stack className="te-panel" p="md" gap="xs">
        <Title order={2} size="h4">{texts.about}</Title>
        <Text>{texts.aboutText}</Text>
        <Anchor href="/docs" underline="always" c="inherit">{texts.apiDocs}</Anchor>
      </Stack>
    </Page>
  );
}

function Keys() {
  const client = useQueryClient();
  const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => all<Key>('/v1/api-keys', {}, signal) });
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read:telemetry']);
  const [shown, setShown] = useState<string | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const act = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['keys'] });
    } catch (fault) {
      setError(fault as Error);
    }
  };
  const create = (event: FormEvent) => {
    event.preventDefault();
    void act(async () => {
      setShown((await send<{ data: { key: string } }>('POST', '/v1/api-keys', { name, scopes })).data.key);
      setName('');
    });
  };
  const revoke = (key: Key) => {
    if (window.confirm(texts.sure(key.name))) void act(async () => void (await send('DELETE', `/v1/api-keys/${key.id}`)));
  };
  return (
    <Stack className="te-panel" p="md">
      <Title order={2} size="h4">{texts.keys}</Title>
      {(error ?? keys.error) && <Failure error={(error ?? keys.error) as Error} />}
      {shown && <Alert color="gray" variant="outline" title={texts.shownOnce}><Code className="te-wrap">{shown}</Code></Alert>}
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.keys}>
        <Table>
          <Table.Thead><Table.Tr><Table.Th>{texts.name}</Table.Th><Table.Th>{texts.scopes}</Table.Th><Table.Th>{texts.used}</Table.Th><Table.Th><span className="te-skip">{texts.revoke}</span></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {(keys.data ?? []).map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td className="te-wrap">{key.name}</Table.Td>
                <Table.Td>{key.scopes.join(', ')}</Table.Td>
                <Table.Td>{key.last_used_at ? new Date(key.last_used_at).toLocaleString('sv') : texts.never}</Table.Td>
                <Table.Td><Button size="compact-sm" variant="default" onClick={() => revoke(key)}>{texts.revoke}</Button></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <form onSubmit={create}>
        <Group align="end">
          <TextInput label={texts.name} value={name} required onChange={(event) => setName(event.currentTarget.value)} />
          <MultiSelect label={texts.scopes} data={SCOPES} value={scopes} onChange={setScopes} miw={260} />
          <Button type="submit">{texts.create}</Button>
        </Group>
      </form>
    </Stack>
  );
}

function Health() {
  const ready = useQuery({ queryKey: ['ready'], queryFn: ({ signal }) => get<Ready>('/health/ready', {}, signal), refetchInterval: 5000 });
  const rows = ready.data ? [...Object.entries(ready.data.checks), ...Object.entries(ready.data.sources).map(([state, count]) => [`sources: ${state}`, String(count)] as const)] : [];
  return (
    <Stack className="te-panel" p="md">
      <Title order={2} size="h4">{texts.health}</Title>
      {ready.error && <Failure error={ready.error} />}
      <Table>
        <Table.Thead><Table.Tr><Table.Th>{texts.check}</Table.Th><Table.Th>{texts.state}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{rows.map(([name, state]) => <Table.Tr key={name}><Table.Td>{name}</Table.Td><Table.Td>{state}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
    </Stack>
  );
}
