/** The list of dashboards; `?id=` shows one of them. */
import { ActionIcon, Button, FileButton, Menu, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { boardsQuery, VIEWS_ID, type Board as Stored } from '../../api/boards';
import { get, send } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { Dialog } from '../../components/Dialog';
import { FailurePage, isMissing } from '../../components/FailurePage';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { dashboards as texts } from '../../lib/texts/dashboards';
import { Board } from './Board';
import './dashboards.css';
import type { Dashboard, WidgetType } from './grid';
import { BoardPicture } from './Picture';

const VARIABLE = 'var-';

export function Dashboards() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const go = (next: Record<string, unknown>) => void navigate({ to: '/dashboards', search: next as never });
  if (search['id'] === undefined) return <List onOpen={(id) => go({ id })} />;
  const id = String(search['id']);
  const chosen = Object.fromEntries(Object.entries(search).filter(([name]) => name.startsWith(VARIABLE)).map(([name, value]) => [name.slice(VARIABLE.length), String(value)]));
  const view = { span: search['span'] === undefined ? undefined : String(search['span']), chosen };
  return (
    <One key={id} id={id} isKiosk={search['kiosk'] !== undefined} view={view} onBack={() => go({})}
      onView={({ chosen: next, ...rest }) => go({ ...search, ...rest, ...Object.fromEntries(Object.entries(next ?? {}).map(([name, value]) => [VARIABLE + name, value])) })} />
  );
}

function One({ id, ...rest }: { id: string } & Omit<Parameters<typeof Board>[0], 'stored'>) {
  const found = useQuery({
    queryKey: ['dashboards', id],
    queryFn: async ({ signal }) => (await get<{ data: Dashboard }>(`/v1/dashboards/${encodeURIComponent(id)}`, {}, signal)).data,
  });
  if (found.isPending) return <Waiting />;
  if (found.isLoadingError) return <FailurePage error={found.error} onRetry={() => void found.refetch()} />;
  if (isMissing(found.error)) return <FailurePage error={found.error} onRetry={() => void found.refetch()} />;
  return <Board stored={found.data} {...rest} />;
}

function List({ onOpen }: { onOpen: (id: string) => void }) {
  const client = useQueryClient();
  const found = useQuery(boardsQuery);
  const [words, setWords] = useState('');
  const [isCreating, setCreating] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [doomed, setDoomed] = useState<Stored | null>(null);
  const act = async (work: () => Promise<{ data: { id: string } }>, opens: boolean) => {
    try {
      setError(null);
      const { data } = await work();
      await client.invalidateQueries({ queryKey: ['boards'] });
      if (opens) onOpen(data.id);
    } catch (problem) {
      setError(problem as Error);
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
  if (found.isLoadingError) return <FailurePage error={found.error} onRetry={() => void found.refetch()} />;
  if (isMissing(found.error)) return <FailurePage error={found.error} onRetry={() => void found.refetch()} />;
  const boards = found.data.filter((one) => one.id !== VIEWS_ID);
  const asked = words.trim().toLowerCase();
  const shown = boards.filter((one) => !asked || one.name.toLowerCase().includes(asked) || one.description.toLowerCase().includes(asked));
  const path = (one: Stored) => `/v1/dashboards/${encodeURIComponent(one.id)}`;
  return (
    <Page title={texts.title} actions={
      <>
        <FileButton accept="application/json" onChange={(file) => void take(file)}>{(props) => <Button variant="default" leftSection={<Icon name="upload" size={16} />} {...props}>{texts.importFile}</Button>}</FileButton>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setCreating(true)}>{texts.create}</Button>
      </>
    }>
      {error && <Failure error={error} />}
      {boards.length === 0 ? <Empty title={texts.emptyTitle}><Text>{texts.emptyLead}</Text><Button onClick={() => setCreating(true)}>{texts.create}</Button></Empty> : (
        <>
          <TextInput size="xs" maw={300} aria-label={texts.search} placeholder={texts.search} leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          {shown.length === 0 && <Text c="dimmed">{texts.none}</Text>}
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3, xl: 4 }} spacing="sm">
            {shown.map((one) => (
              <article key={one.id} className="te-panel te-board" aria-label={one.name}>
                <Link to="/dashboards" search={{ id: one.id } as never} aria-label={texts.open(one.name)} className="te-board-open">
                  <BoardPicture widgets={one.layout.widgets as { id: string; type: WidgetType; x: number; y: number; w: number; h: number }[]} columns={one.layout.columns} />
                  <Text fw={600} className="te-wrap">{one.name}</Text>
                </Link>
                <Text size="sm" c="dimmed" className="te-wrap" lineClamp={2}>{one.description || texts.widgets(one.layout.widgets.length)}</Text>
                <Menu position="bottom-end">
                  <Menu.Target><ActionIcon className="te-board-more" variant="default" size="lg" aria-label={texts.more(one.name)}><Icon name="more" /></ActionIcon></Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<Icon name="copy" size={16} />} onClick={() => void act(() => send('POST', `${path(one)}/duplicate`), false)}>{texts.duplicate}</Menu.Item>
                    <Menu.Item leftSection={<Icon name="download" size={16} />} component="a" href={`${path(one)}/export`} download>{texts.exportFile}</Menu.Item>
                    <Menu.Item leftSection={<Icon name="trash" size={16} />} onClick={() => setDoomed(one)}>{texts.remove}</Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </article>
            ))}
          </SimpleGrid>
        </>
      )}
      {isCreating && <Create onClose={() => setCreating(false)} onCreate={(path_, body) => act(() => send('POST', path_, body), true)} />}
      {doomed && <Confirm isOpen title={texts.removeTitle} action={texts.remove} onClose={() => setDoomed(null)} onConfirm={() => act(() => send('DELETE', path(doomed)), false)}>{texts.removeSure(doomed.name)}</Confirm>}
    </Page>
  );
}

function Create({ onCreate, onClose }: { onCreate: (path: string, body: unknown) => Promise<void>; onClose: () => void }) {
  const assets = useQuery(assetsQuery);
  const [name, setName] = useState('');
  const [asset, setAsset] = useState<string | null>(null);
  const create = () => void (asset ? onCreate('/v1/dashboards/generate', { asset_id: asset, ...(name.trim() ? { name: name.trim() } : {}) }) : onCreate('/v1/dashboards', { name: name.trim() })).then(onClose);
  return (
    <Dialog title={texts.createTitle} onClose={onClose}>
      <Stack>
        <TextInput data-autofocus label={texts.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Select label={texts.generate} placeholder={texts.createEmpty} searchable clearable clearButtonProps={{ 'aria-label': texts.createEmpty }} value={asset} onChange={setAsset} data={(assets.data ?? []).map((one) => ({ value: one.id, label: one.name }))} />
        <Button disabled={!name.trim() && !asset} onClick={create}>{texts.create}</Button>
      </Stack>
    </Dialog>
  );
}
