/** One dashboard: shown live, arranged by pointer or keys, saved against lost updates. */
import { Button, Group, Menu, Select, Text, VisuallyHidden } from '@mantine/core';
import { useElementSize, useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { ApiError, send } from '../../api/client';
import { assetsQuery } from '../../api/assets';
import { Failure } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { dashboards as texts } from '../../lib/texts/dashboards';
import { freePlace, placed, type Dashboard, type Options, type Place, type Widget, type WidgetType } from './grid';
import { WidgetBody } from './WidgetBody';
import { WidgetEditor } from './WidgetEditor';

const ROW_PX = 34;
const GAP_PX = 8;
const STEP: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};
const FRESH: Record<WidgetType, { w: number; h: number; options: Options }> = {
  trend: { w: 12, h: 8, options: { series: [], window_seconds: 3600 } },
  value: { w: 4, h: 4, options: {} },
  gauge: { w: 6, h: 5, options: { min: 0, max: 100 } },
  state_timeline: { w: 12, h: 6, options: { series: [], window_seconds: 3600 } },
  table: { w: 8, h: 8, options: {} },
  alert_list: { w: 8, h: 8, options: {} },
  text: { w: 8, h: 4, options: { text: '' } },
  model_score: { w: 12, h: 8, options: { threshold: 0.5, window_seconds: 3600 } },
  image: { w: 8, h: 8, options: {} },
};

export function Board({ stored, onBack }: { stored: Dashboard; onBack: () => void }) {
  const client = useQueryClient();
  const assets = useQuery(assetsQuery);
  const { ref, width } = useElementSize();
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false;
  const frame = useRef<HTMLDivElement>(null);
  const [past, setPast] = useState<Widget[][]>([]);
  const [future, setFuture] = useState<Widget[][]>([]);
  const [draft, setDraft] = useState<Widget[] | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const [chosen, setChosen] = useState<Record<string, string>>(() =>
    Object.fromEntries(stored.variables.map((variable) => [variable.name, variable.default ?? ''])),
  );
  const drag = useRef<{ id: string; x: number; y: number; from: Widget; resize: boolean } | null>(null);
  const columns = stored.layout.columns;
  const widgets = draft ?? stored.layout.widgets;
  const editing = draft !== null && !isPhone;
  const cell = (width - GAP_PX * (columns - 1)) / columns;

  const change = (next: Widget[]) => {
    setPast([...past.slice(-49), widgets]);
    setFuture([]);
    setDraft(next);
  };
  const name = (widget: Widget) => widget.title || texts.types[widget.type];
  const move = (widget: Widget, to: Place) => {
    const next = placed(widgets, widget.id, to, columns);
    setSaid(next ? texts.moved(name(widget), to.x, to.y, to.w, to.h) : texts.blocked(name(widget)));
    if (next) change(next);
  };
  const onKey = (widget: Widget) => (event: KeyboardEvent) => {
    const step = STEP[event.key];
    if (event.key === 'Delete') {
      change(widgets.filter((other) => other.id !== widget.id));
      setSaid(texts.removed(name(widget)));
    } else if (!step) return;
    else if (event.shiftKey) move(widget, { ...pick(widget), w: widget.w + step[0], h: widget.h + step[1] });
    else move(widget, { ...pick(widget), x: widget.x + step[0], y: widget.y + step[1] });
    event.preventDefault();
  };
  const onDown = (widget: Widget, resize: boolean) => (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { id: widget.id, x: event.clientX, y: event.clientY, from: widget, resize };
    setPast([...past.slice(-49), widgets]);
    setFuture([]);
  };
  const onMove = (event: PointerEvent) => {
    const held = drag.current;
    if (!held) return;
    const dx = Math.round((event.clientX - held.x) / (cell + GAP_PX));
    const dy = Math.round((event.clientY - held.y) / (ROW_PX + GAP_PX));
    const at = pick(held.from);
    const to = held.resize ? { ...at, w: at.w + dx, h: at.h + dy } : { ...at, x: at.x + dx, y: at.y + dy };
    const next = placed(widgets, held.id, to, columns);
    if (next) setDraft(next);
  };
  const add = (type: WidgetType) => {
    const { w, h, options } = FRESH[type];
    const id = `w-${crypto.randomUUID().slice(0, 12)}`;
    change([...widgets, { id, type, title: '', options, ...freePlace(widgets, w, h, columns) }]);
    setOpenId(id);
  };
  const save = async (version: number | undefined) => {
    try {
      await send('PUT', `/v1/dashboards/${stored.id}`, {
        name: stored.name,
        description: stored.description,
        layout: { columns, widgets },
        variables: stored.variables,
      }, version);
      await client.invalidateQueries({ queryKey: ['dashboards'] });
      leave();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const leave = () => {
    setDraft(null);
    setPast([]);
    setFuture([]);
    setError(null);
  };
  const step = (from: Widget[][], setFrom: (s: Widget[][]) => void, to: Widget[][], setTo: (s: Widget[][]) => void) => {
    const last = from[from.length - 1];
    if (!last) return;
    setFrom(from.slice(0, -1));
    setTo([...to, widgets]);
    setDraft(last);
  };
  const open = widgets.find((widget) => widget.id === openId);
  const isConflict = error instanceof ApiError && error.status === 412;
  const inOrder = [...widgets].sort((a, b) => a.y - b.y || a.x - b.x);

  return (
    <Page
      title={stored.name}
      actions={
        editing ? (
          <>
            <Menu>
              <Menu.Target><Button variant="default">{texts.add}</Button></Menu.Target>
              <Menu.Dropdown>
                {(Object.keys(FRESH) as WidgetType[]).map((type) => (
                  <Menu.Item key={type} onClick={() => add(type)}>{texts.types[type]}</Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <Button variant="default" disabled={past.length === 0} onClick={() => step(past, setPast, future, setFuture)}>{texts.undo}</Button>
            <Button variant="default" disabled={future.length === 0} onClick={() => step(future, setFuture, past, setPast)}>{texts.redo}</Button>
            <Button variant="default" onClick={leave}>{texts.discard}</Button>
            <Button onClick={() => void save(stored.version)}>{texts.save}</Button>
          </>
        ) : (
          <>
            <Button variant="subtle" onClick={onBack}>{texts.back}</Button>
            <Button variant="default" onClick={() => void frame.current?.requestFullscreen()}>{texts.kiosk}</Button>
            {!isPhone && <Button onClick={() => setDraft(stored.layout.widgets)}>{texts.edit}</Button>}
          </>
        )
      }
    >
      {error && !isConflict && <Failure error={error} />}
      {isConflict && (
        <Group role="alert" className="te-panel" p="sm">
          <Text>{texts.conflict}</Text>
          <Button variant="default" onClick={() => void save(undefined)}>{texts.overwrite}</Button>
          <Button variant="default" onClick={() => { leave(); void client.invalidateQueries({ queryKey: ['dashboards'] }); }}>{texts.reload}</Button>
        </Group>
      )}
      {stored.variables.map((variable) => (
        <Select
          key={variable.name}
          label={variable.label || variable.name}
          searchable
          maw={320}
          data={(assets.data ?? []).map((asset) => ({ value: asset.id, label: asset.name }))}
          value={chosen[variable.name] || null}
          onChange={(value) => setChosen({ ...chosen, [variable.name]: value ?? '' })}
        />
      ))}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <div ref={frame} style={{ background: 'var(--te-ground)', overflow: 'auto' }}>
        <div
          ref={ref}
          style={{
            display: 'grid',
            gap: GAP_PX,
            gridTemplateColumns: isPhone ? '1fr' : `repeat(${columns}, minmax(0, 1fr))`,
            gridAutoRows: isPhone ? 'auto' : ROW_PX,
          }}
        >
          {inOrder.map((widget) => {
            const height = widget.h * (ROW_PX + GAP_PX) - GAP_PX - 52;
            return (
              <article
                key={widget.id}
                className="te-panel"
                aria-label={name(widget)}
                style={{
                  padding: 8,
                  minWidth: 0,
                  display: 'flex',
                  flexDirection: 'column',
                  position: 'relative',
                  ...(isPhone
                    ? { minHeight: Math.min(height + 52, 320) }
                    : { gridColumn: `${widget.x + 1} / span ${widget.w}`, gridRow: `${widget.y + 1} / span ${widget.h}` }),
                }}
              >
                <Group justify="space-between" wrap="nowrap" gap={4} mb={4}>
                  <Text component="h2" size="sm" fw={600} truncate>{name(widget)}</Text>
                  {editing && (
                    <Group gap={4} wrap="nowrap">
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={texts.handle(name(widget))}
                        style={{ cursor: 'move', touchAction: 'none' }}
                        onKeyDown={onKey(widget)}
                        onPointerDown={onDown(widget, false)}
                        onPointerMove={onMove}
                        onPointerUp={() => (drag.current = null)}
                      >✥</Button>
                      <Button size="compact-xs" variant="default" aria-label={texts.settings(name(widget))} onClick={() => setOpenId(widget.id)}>⚙</Button>
                    </Group>
                  )}
                </Group>
                <div style={{ flex: 1, minHeight: 0, overflow: 'hidden' }}>
                  <WidgetBody widget={widget} chosen={chosen} height={height} />
                </div>
                {editing && (
                  <span
                    aria-hidden="true"
                    style={{ position: 'absolute', right: 0, bottom: 0, width: 18, height: 18, cursor: 'nwse-resize', touchAction: 'none', borderRight: '3px solid var(--te-muted)', borderBottom: '3px solid var(--te-muted)' }}
                    onPointerDown={onDown(widget, true)}
                    onPointerMove={onMove}
                    onPointerUp={() => (drag.current = null)}
                  />
                )}
              </article>
            );
          })}
        </div>
      </div>
      {open && editing && (
        <WidgetEditor
          key={open.id}
          widget={open}
          variables={stored.variables}
          onClose={() => setOpenId(null)}
          onApply={(next) => {
            const moved = placed(widgets.map((w) => (w.id === next.id ? next : w)), next.id, pick(next), columns);
            if (!moved) return texts.blocked(name(next));
            change(moved);
            setOpenId(null);
            return null;
          }}
        />
      )}
    </Page>
  );
}

const pick = ({ x, y, w, h }: Widget): Place => ({ x, y, w, h });
