/** What can be taken away from a view: files, calls, a link, a place on a dashboard, a saved view. */
import { Button, CloseButton, Group, Menu, Select, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addTrend, boardsQuery, deleteView, saveView, viewsOf, VIEWS_ID, type SavedView } from '../../api/boards';
import { call } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { Failure } from '../../components/Feedback';
import { explorer as texts } from '../../lib/texts/explorer';
import { values } from '../../lib/texts/values';
import { asCurl, asPython, penOf, queryOf } from './search';

interface ShareProps {
  pens: string[];
  from: number;
  to: number;
  onFault: (error: Error | null) => void;
}

const FORMS = { csv: 'text/csv', parquet: 'application/vnd.apache.parquet', arrow: 'application/vnd.apache.arrow.stream' } as const;

export function ShareMenu({ pens, from, to, onFault }: ShareProps) {
  const clipboard = useClipboard();
  const [dialog, setDialog] = useState<'dashboard' | 'view' | null>(null);
  const query = queryOf(pens, from, to);
  const copy = (text: string) => {
    clipboard.copy(text);
    notifications.show({ message: texts.copied });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" disabled={pens.length === 0}>{texts.share}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{texts.exportAs}</Menu.Label>
          {(Object.keys(FORMS) as (keyof typeof FORMS)[]).map((form) => (
            <Menu.Item key={form} onClick={() => void download(query, form).then(() => onFault(null), onFault)}>{texts.formats[form]}</Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => copy(asCurl(location.origin, query))}>{texts.copyCurl}</Menu.Item>
          <Menu.Item onClick={() => copy(asPython(location.origin, query))}>{texts.copyPython}</Menu.Item>
          <Menu.Item onClick={() => copy(location.href)}>{texts.copyLink}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setDialog('dashboard')}>{texts.addToDashboard}</Menu.Item>
          <Menu.Item onClick={() => setDialog('view')}>{texts.saveView}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog && <KeepDialog kind={dialog} pens={pens} span_s={(to - from) / 1000} onClose={() => setDialog(null)} />}
    </>
  );
}

/** Name the trend and say where it goes. */
function KeepDialog({ kind, pens, span_s, onClose }: { kind: 'dashboard' | 'view'; pens: string[]; span_s: number; onClose: () => void }) {
  const client = useQueryClient();
  const boards = useQuery(boardsQuery);
  const [board, setBoard] = useState<string | null>('');
  const [boardName, setBoardName] = useState('');
  const [title, setTitle] = useState(pens.map((pen) => penOf(pen).tag_name).join(', ').slice(0, 120));
  const [error, setError] = useState<Error | null>(null);
  const isView = kind === 'view';
  const isNew = !isView && board === '';
  const isReady = title.trim() !== '' && (!isNew || boardName.trim() !== '');
  const keep = async () => {
    try {
      const wanted = pens.map(penOf);
      const kept = isView
        ? await saveView(texts.viewsDashboard, title.trim(), wanted, span_s)
        : await addTrend(isNew ? { newName: boardName.trim() } : { id: board ?? '' }, title.trim(), wanted, span_s);
      await Promise.all([client.invalidateQueries({ queryKey: ['boards'] }), client.invalidateQueries({ queryKey: ['dashboards'] })]);
      notifications.show({ message: isView ? texts.saved : texts.addedTo(kept.name) });
      onClose();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  return (
    <Dialog title={isView ? texts.saveView : texts.addToDashboard} onClose={onClose}>
      <Stack component="form" onSubmit={(event) => { event.preventDefault(); void keep(); }}>
        {!isView && (
          <Select
            label={texts.dashboard} allowDeselect={false} value={board} onChange={setBoard}
            data={[{ value: '', label: texts.newDashboard }, ...(boards.data ?? []).filter((it) => it.id !== VIEWS_ID).map((it) => ({ value: it.id, label: it.name }))]}
          />
        )}
        {isNew && <TextInput label={texts.dashboardName} required value={boardName} onChange={(event) => setBoardName(event.currentTarget.value)} />}
        <TextInput label={isView ? texts.viewName : texts.widgetTitle} required maxLength={200} data-autofocus value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        {isView && <Text size="xs" c="dimmed">{texts.viewsNote}</Text>}
        {error && <Failure error={error} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>{values.keep}</Button>
          <Button type="submit" disabled={!isReady}>{isView ? texts.save : texts.add}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Views that were saved, to open or delete. */
export function ViewsMenu({ onOpen, onFault }: { onOpen: (view: SavedView) => void; onFault: (error: Error | null) => void }) {
  const client = useQueryClient();
  const boards = useQuery(boardsQuery);
  const views = viewsOf(boards.data ?? []);
  const remove = (id: string) =>
    void deleteView(id).then(() => client.invalidateQueries({ queryKey: ['boards'] }), onFault);
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default">{texts.views}</Button></Menu.Target>
      <Menu.Dropdown>
        {views.length === 0 && <Menu.Label>{texts.noViews}</Menu.Label>}
        {views.map((view) => (
          <Group key={view.id} wrap="nowrap" gap={4}>
            <Menu.Item onClick={() => onOpen(view)} flex={1}>{view.title}</Menu.Item>
            <CloseButton size="sm" aria-label={texts.deleteView(view.title)} onClick={() => remove(view.id)} />
          </Group>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

async function download(query: string, form: keyof typeof FORMS): Promise<void> {
  const answer = await call(new Request(new URL(query, location.origin), { headers: { Accept: FORMS[form] } }));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `telemetry.${form}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
