/** The list of dashboards; `?id=` shows one of them. */
import { Button, FileButton, Group, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { all, get, send } from '../../api/client';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { dashboards as texts } from '../../lib/texts/dashboards';
import { Board } from './Board';
import type { Dashboard } from './grid';

export function Dashboards() {
  const { id } = useSearch({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const show = (next?: string) => void navigate({ to: '/dashboards', search: (next ? { id: next } : {}) as never });
  return id ? <One key={id} id={String(id)} onBack={() => show()} /> : <List onOpen={show} />;
}

function One({ id, onBack }: { id: string; onBack: () => void }) {
  const found = useQuery({
    queryKey: ['dashboards', id],
    queryFn: async ({ signal }) => (await get<{ data: Dashboard }>(`/v1/dashboards/${encodeURIComponent(id)}`, {}, signal)).data,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return <Board stored={found.data} onBack={onBack} />;
}

function List({ onOpen }: { onOpen: (id: string) => void }) {
  const client = useQueryClient();
  const assets = useQuery(assetsQuery);
  const found = useQuery({
    queryKey: ['dashboards'],
    queryFn: ({ signal }) => all<Dashboard>('/v1/dashboards', {}, signal),
  });
  const [name, setName] = useState('');
  const [asset, setAsset] = useState<string | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [doomed, setDoomed] = useState<string | null>(null);
  const act = async (work: () => Promise<{ data: { id: string } }>, open: boolean) => {
    try {
      setError(null);
      const { data } = await work();
      await client.invalidateQueries({ queryKey: ['dashboards'] });
      if (open) onOpen(data.id);
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const take = async (file: File | null) => {
    if (!file) return;
    let body: unknown;
    try {
      body = JSON.parse(await file.text());
    } catch {
      setError(new Error(texts.notAFile));
      return;
    }
    await act(() => send('POST', '/v1/dashboards/import', body), true);
  };
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <Page title={texts.title}>
      <Group align="flex-end" className="te-panel" p="sm">
        <TextInput label={texts.name} value={name} onChange={(e) => setName(e.currentTarget.value)} />
        <Button disabled={!name.trim()} onClick={() => void act(() => send('POST', '/v1/dashboards', { name: name.trim() }), true)}>{texts.create}</Button>
        <Select label={texts.asset} searchable value={asset} onChange={setAsset} data={(assets.data ?? []).map((one) => ({ value: one.id, label: one.name }))} />
        <Button variant="default" disabled={!asset} onClick={() => void act(() => send('POST', '/v1/dashboards/generate', { asset_id: asset }), true)}>{texts.generate}</Button>
        <FileButton accept="application/json" onChange={(file) => void take(file)}>
          {(props) => <Button variant="default" {...props}>{texts.importFile}</Button>}
        </FileButton>
      </Group>
      {error && <Failure error={error} />}
      {found.data.length === 0 ? (
        <Empty title={texts.emptyTitle}><Text>{texts.emptyLead}</Text></Empty>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
          {found.data.map((one) => (
            <article key={one.id} className="te-panel" style={{ padding: 12 }}>
              <Button variant="subtle" px={0} aria-label={texts.open(one.name)} onClick={() => onOpen(one.id)}>{one.name}</Button>
              <Text size="sm" c="dimmed" className="te-wrap">{one.description}</Text>
              {doomed === one.id ? (
                <Group mt="xs" role="alert">
                  <Text size="sm">{texts.removeSure(one.name)}</Text>
                  <Button size="xs" variant="default" onClick={() => void act(() => send('DELETE', `/v1/dashboards/${one.id}`), false)}>{texts.remove}</Button>
                  <Button size="xs" variant="subtle" onClick={() => setDoomed(null)}>{texts.cancel}</Button>
                </Group>
              ) : (
                <Group mt="xs" gap="xs">
                  <Button size="xs" variant="default" onClick={() => void act(() => send('POST', `/v1/dashboards/${one.id}/duplicate`), false)}>{texts.duplicate}</Button>
                  <Button size="xs" variant="default" component="a" href={`/v1/dashboards/${one.id}/export`} download>{texts.exportFile}</Button>
                  <Button size="xs" variant="default" onClick={() => setDoomed(one.id)}>{texts.remove}</Button>
                </Group>
              )}
            </article>
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}
