/** The grid: widgets at their places, moved and sized by pointer and keys. */
import { VisuallyHidden } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { dashboards as texts } from '../../lib/texts/dashboards';
import { freePlace, GAP_PX, placed, ROW_PX, type Place, type Widget } from './grid';
import { nameOf, WidgetFrame } from './WidgetFrame';

const STEP: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const pick = ({ x, y, w, h }: Widget): Place => ({ x, y, w, h });

interface GridProps {
  widgets: Widget[];
  columns: number;
  chosen: Record<string, string>;
  span: number | null;
  isPhone: boolean;
  /** The grid's own element, for what is dragged in from outside. */
  box: RefObject<HTMLDivElement | null>;
  /** Without it the grid only shows. */
  edit: { onChange: (widgets: Widget[]) => void; onDrag: (widgets: Widget[]) => void; onOpen: (id: string) => void } | null;
}

export const freshId = (): string => `w-${crypto.getRandomValues(new Uint32Array(2)).join('')}`;

export function Grid({ widgets, columns, chosen, span, isPhone, box, edit }: GridProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const whole = useMergedRef(ref, box);
  const [said, setSaid] = useState('');
  /** What is dragged, and how everything lay when that began: others go back when the way is free again. */
  const drag = useRef<{ id: string; x: number; y: number; from: Widget[]; isResize: boolean; hasMoved: boolean } | null>(null);
  const [heldId, setHeldId] = useState<string | null>(null);
  const cell = (width - GAP_PX * (columns - 1)) / columns;

  const move = (widget: Widget, to: Place) => {
    const next = placed(widgets, widget.id, to, columns);
    setSaid(next ? texts.moved(nameOf(widget), to.x, to.y, to.w, to.h) : texts.blocked(nameOf(widget)));
    if (next) edit?.onChange(next);
  };
  const drop = (widget: Widget) => {
    edit?.onChange(widgets.filter((other) => other.id !== widget.id));
    setSaid(texts.removed(nameOf(widget)));
  };
  const onKey = (widget: Widget) => (event: KeyboardEvent) => {
    const step = STEP[event.key];
    if (event.key === 'Delete') drop(widget);
    else if (!step) return;
    else if (event.shiftKey) move(widget, { ...pick(widget), w: widget.w + step[0], h: widget.h + step[1] });
    else move(widget, { ...pick(widget), x: widget.x + step[0], y: widget.y + step[1] });
    event.preventDefault();
  };
  const onDown = (widget: Widget) => (event: PointerEvent, isResize: boolean) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { id: widget.id, x: event.clientX, y: event.clientY, from: widgets, isResize, hasMoved: false };
    setHeldId(widget.id);
  };
  const onMove = (event: PointerEvent) => {
    const held = drag.current;
    const start = held?.from.find((widget) => widget.id === held.id);
    if (!held || !start || !edit) return;
    const dx = Math.round((event.clientX - held.x) / (cell + GAP_PX));
    const dy = Math.round((event.clientY - held.y) / (ROW_PX + GAP_PX));
    const at = pick(start);
    const within = (low: number, value: number, high: number) => Math.max(low, Math.min(value, high));
    const to = held.isResize
      ? { ...at, w: within(2, at.w + dx, columns - at.x), h: Math.max(2, at.h + dy) }
      : { ...at, x: within(0, at.x + dx, columns - at.w), y: Math.max(0, at.y + dy) };
    const next = placed(held.from, held.id, to, columns);
    if (!next) return;
    // The first move is the step that undo takes back; the rest of the drag belongs to it.
    if (held.hasMoved) edit.onDrag(next);
    else if (dx !== 0 || dy !== 0) {
      edit.onChange(next);
      held.hasMoved = true;
    }
  };
  const onUp = () => {
    drag.current = null;
    setHeldId(null);
  };
  const inOrder = [...widgets].sort((a, b) => a.y - b.y || a.x - b.x);
  return (
    <>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <div ref={whole} className="te-grid" data-editing={edit !== null || undefined}
        style={{ gap: GAP_PX, gridTemplateColumns: isPhone ? 'minmax(0, 1fr)' : `repeat(${columns}, minmax(0, 1fr))`, gridAutoRows: isPhone ? 'auto' : ROW_PX, ['--te-cell' as string]: `${cell + GAP_PX}px`, ['--te-row' as string]: `${ROW_PX + GAP_PX}px` }}>
        {inOrder.map((widget) => (
          <WidgetFrame key={widget.id} widget={widget} chosen={chosen} span={span} isPhone={isPhone} isHeld={heldId === widget.id}
            edit={edit && {
              onKey: onKey(widget), onDown: onDown(widget), onMove, onUp,
              onSettings: () => edit.onOpen(widget.id),
              onCopy: () => edit.onChange([...widgets, { ...widget, id: freshId(), ...freePlace(widgets, widget.w, widget.h, columns) }]),
              onDrop: () => drop(widget),
            }} />
        ))}
      </div>
    </>
  );
}
