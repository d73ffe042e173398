/** One dashboard: shown live, arranged by pointer or keys, saved against lost updates. */
import { ActionIcon, Button, Group, Menu, Select, Text } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { ApiError, send } from '../../api/client';
import { Conflict } from '../../components/Conflict';
import { Empty, Failure } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { dashboards as texts } from '../../lib/texts/dashboards';
import { BoardSettings } from './BoardSettings';
import { freePlace, placed, placeUnder, type Content, type Dashboard, type Widget, type WidgetType } from './grid';
import { freshId, Grid } from './Grid';
import { useHistory } from './history';
import { Palette } from './Palette';
import { nameOf } from './WidgetFrame';
import { WidgetEditor } from './WidgetEditor';
import { FRESH } from './widgets';
import { Versions } from './Versions';

interface BoardProps {
  stored: Dashboard;
  isKiosk: boolean;
  /** Chosen assets by variable, and the period, as the address holds them. */
  view: { span?: string | undefined; chosen: Record<string, string> };
  onView: (change: { span?: string | undefined; kiosk?: string | undefined; chosen?: Record<string, string> }) => void;
  onBack: () => void;
}

const contentOf = ({ name, description, layout, variables }: Dashboard): Content => ({ name, description, layout, variables });

export function Board({ stored, isKiosk, view, onView, onBack }: BoardProps) {
  const client = useQueryClient();
  const assets = useQuery(assetsQuery);
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false;
  const draft = useHistory<Content>();
  /** The version the draft was made of: the page may have read a newer one meanwhile. */
  const begun = useRef(stored.version);
  const [open, setOpen] = useState<'settings' | 'versions' | { widget: string } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const content = draft.now ?? contentOf(stored);
  const { widgets, columns } = content.layout;
  const isEditing = draft.now !== null && !isPhone;
  const box = useRef<HTMLDivElement>(null);
  /** What is dragged in from the palette, and how everything lay before. */
  const coming = useRef<{ id: string; from: Widget[]; isIn: boolean } | null>(null);
  const chosenText = JSON.stringify(view.chosen);
  const chosen = useMemo(
    () => ({ ...Object.fromEntries(content.variables.map((variable) => [variable.name, variable.default ?? ''])), ...(JSON.parse(chosenText) as Record<string, string>) }),
    [content.variables, chosenText],
  );
  const setWidgets = (next: typeof widgets): Content => ({ ...content, layout: { columns, widgets: next } });
  useHotkeys([['mod+Z', draft.undo], ['mod+shift+Z', draft.redo], ['mod+Y', draft.redo]]);
  useEffect(() => {
    if (draft.now === null) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [draft.now === null]);
  useEffect(() => {
    if (!isKiosk) return;
    const leave = () => document.fullscreenElement === null && onView({ kiosk: undefined });
    document.addEventListener('fullscreenchange', leave);
    return () => document.removeEventListener('fullscreenchange', leave);
  }, [isKiosk]);

  const refresh = () => Promise.all([client.invalidateQueries({ queryKey: ['dashboards'] }), client.invalidateQueries({ queryKey: ['boards'] })]);
  const save = async (version: number | undefined) => {
    try {
      await send('PUT', `/v1/dashboards/${encodeURIComponent(stored.id)}`, content, version);
      await refresh();
      setError(null);
      draft.end();
      notifications.show({ message: texts.saved, color: 'gray', autoClose: 2000 });
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const begin = () => {
    begun.current = stored.version;
    draft.begin(contentOf(stored));
  };
  const discard = () => {
    draft.end();
    setError(null);
  };
  const add = (type: WidgetType) => {
    const { w, h, options } = FRESH[type];
    const id = freshId();
    draft.set(setWidgets([...widgets, { id, type, title: '', options, ...freePlace(widgets, w, h, columns) }]));
    setOpen({ widget: id });
  };
  const dragIn = (type: WidgetType, x: number, y: number) => {
    const it = (coming.current ??= { id: freshId(), from: widgets, isIn: false });
    const { w, h, options } = FRESH[type];
    const place = box.current && placeUnder(box.current.getBoundingClientRect(), x, y, { w, h }, columns);
    const next = place && placed([...it.from, { id: it.id, type, title: '', options, ...place }], it.id, place, columns);
    if (next) (it.isIn ? draft.replace : draft.set)(setWidgets(next));
    else if (it.isIn) draft.undo();
    it.isIn = next !== null;
  };
  const dropIn = (isKept: boolean) => {
    const it = coming.current;
    coming.current = null;
    if (!it?.isIn) return;
    if (isKept) setOpen({ widget: it.id });
    else draft.undo();
  };
  const enterKiosk = () => {
    onView({ kiosk: '1' });
    // Browsers that refuse still show the page without chrome.
    document.documentElement.requestFullscreen?.().catch(() => undefined);
  };
  const leaveKiosk = () => {
    onView({ kiosk: undefined });
    if (document.fullscreenElement) void document.exitFullscreen();
  };
  const edited = typeof open === 'object' && open !== null ? widgets.find((widget) => widget.id === open.widget) : undefined;
  const isConflict = error instanceof ApiError && error.status === 412;
  const spanOptions = Object.entries(texts.spans).map(([value, label]) => ({ value, label }));
  const controls = (content.variables.length > 0 || widgets.some((widget) => ['trend', 'state_timeline', 'model_score'].includes(widget.type))) && (
    <Group gap="sm">
      {content.variables.map((variable) => (
        <Select key={variable.name} size="xs" label={variable.label || variable.name} searchable w={220} allowDeselect={false} value={chosen[variable.name] || null}
          data={(assets.data ?? []).filter((one) => variable.asset_type === null || one.type === variable.asset_type).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(value) => onView({ chosen: { ...view.chosen, [variable.name]: value ?? '' } })} />
      ))}
      <Select size="xs" w={160} label={texts.span} allowDeselect={false} data={spanOptions} value={view.span ?? 'own'} onChange={(value) => onView({ span: value === 'own' ? undefined : (value ?? undefined) })} />
    </Group>
  );
  const grid = (
    <Grid widgets={widgets} columns={columns} chosen={chosen} span={view.span ? Number(view.span) || null : null} isPhone={isPhone} box={box}
      edit={isEditing ? { onChange: (next) => draft.set(setWidgets(next)), onDrag: (next) => draft.replace(setWidgets(next)), onOpen: (id) => setOpen({ widget: id }) } : null} />
  );
  if (isKiosk)
    return (
      <div className="te-kiosk">
        <Group justify="space-between" mb="xs"><Text component="h1" fw={700}>{content.name}</Text><Group>{controls}<ActionIcon variant="subtle" color="gray" size="lg" aria-label={texts.leaveKiosk} title={texts.leaveKiosk} onClick={leaveKiosk}><Icon name="close" /></ActionIcon></Group></Group>
        {grid}
      </div>
    );
  return (
    <Page title={content.name} actions={isEditing ? (
      <>
        <Button variant="default" onClick={() => setOpen('settings')}>{texts.boardSettings}</Button>
        <ActionIcon variant="default" size={36} disabled={!draft.canUndo} aria-label={texts.undo} title={texts.undo} onClick={draft.undo}><Icon name="undo" /></ActionIcon>
        <ActionIcon variant="default" size={36} disabled={!draft.canRedo} aria-label={texts.redo} title={texts.redo} onClick={draft.redo}><Icon name="redo" /></ActionIcon>
        <Button variant="default" onClick={discard}>{texts.discard}</Button>
        <Button onClick={() => void save(begun.current)}>{texts.save}</Button>
      </>
    ) : (
      <>
        <Button variant="subtle" leftSection={<Icon name="left" size={16} />} onClick={onBack}>{texts.back}</Button>
        <Button variant="default" leftSection={<Icon name="full" size={16} />} onClick={enterKiosk}>{texts.kiosk}</Button>
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="default" size={36} aria-label={texts.more(content.name)}><Icon name="more" /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="history" size={16} />} onClick={() => setOpen('versions')}>{texts.versions}</Menu.Item>
            <Menu.Item leftSection={<Icon name="download" size={16} />} component="a" href={`/v1/dashboards/${encodeURIComponent(stored.id)}/export`} download>{texts.exportFile}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {!isPhone && <Button leftSection={<Icon name="edit" size={16} />} onClick={begin}>{texts.edit}</Button>}
      </>
    )}>
      {error && !isConflict && <Failure error={error} />}
      {isConflict && (
        <Conflict what={texts.thisBoard} onOverwrite={() => void save(undefined)} onTheirs={() => { discard(); void refresh(); }} />
      )}
      {controls}
      {isEditing && <Palette onAdd={add} onDrag={dragIn} onDrop={dropIn} />}
      {widgets.length === 0 && !isEditing && <Empty title={texts.emptyBoard}><Text size="sm" c="dimmed">{isPhone ? texts.phone : texts.emptyBoardLead}</Text></Empty>}
      {grid}
      {open === 'settings' && <BoardSettings content={content} onClose={() => setOpen(null)} onApply={(next) => { draft.set(next); setOpen(null); }} />}
      {open === 'versions' && <Versions dashboard={stored} onClose={() => setOpen(null)} onRestored={(version) => { setOpen(null); void refresh(); notifications.show({ message: texts.restored(version), color: 'gray' }); }} />}
      {edited && isEditing && (
        <WidgetEditor key={edited.id} widget={edited} variables={content.variables} onClose={() => setOpen(null)} onApply={(next) => {
          const { x, y, w, h } = next;
          const moved = placed(widgets.map((widget) => (widget.id === next.id ? next : widget)), next.id, { x, y, w, h }, columns);
          if (!moved) return texts.blocked(nameOf(next));
          draft.set(setWidgets(moved));
          setOpen(null);
          return null;
        }} />
      )}
    </Page>
  );
}
