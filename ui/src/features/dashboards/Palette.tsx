/** The palette: every kind of widget, to be dragged onto the grid, or put where there is room by click and Enter. */
import { Text, UnstyledButton } from '@mantine/core';
import { useRef, type PointerEvent } from 'react';
import { dashboards as texts } from '../../lib/texts/dashboards';
import type { WidgetType } from './grid';
import { WidgetPicture } from './Picture';
import { FRESH } from './widgets';

const DRAG_PX = 6;

interface PaletteProps {
  onAdd: (type: WidgetType) => void;
  /** All the while one is dragged over the page, in pixels of the window. */
  onDrag: (type: WidgetType, x: number, y: number) => void;
  /** Let go after a drag; false: taken back. */
  onDrop: (isKept: boolean) => void;
}

export function Palette({ onAdd, onDrag, onDrop }: PaletteProps) {
  const held = useRef<{ x: number; y: number; state: 'pressed' | 'dragged' | 'taken back' } | null>(null);
  const onMove = (type: WidgetType) => (event: PointerEvent) => {
    const it = held.current;
    if (!it || it.state === 'taken back') return;
    if (it.state === 'pressed' && Math.hypot(event.clientX - it.x, event.clientY - it.y) < DRAG_PX) return;
    it.state = 'dragged';
    onDrag(type, event.clientX, event.clientY);
  };
  const end = (isKept: boolean) => {
    if (held.current?.state !== 'dragged') return;
    onDrop(isKept);
    if (!isKept) held.current.state = 'taken back';
  };
  const release = (isKept: boolean) => () => {
    end(isKept);
    // the click that the release of a drag brings about is none
    window.setTimeout(() => { held.current = null; });
  };
  return (
    <div className="te-panel te-palette" role="toolbar" aria-label={texts.addTitle}>
      {(Object.keys(FRESH) as WidgetType[]).map((type) => (
        <UnstyledButton key={type} className="te-kind" title={texts.about[type]} aria-description={texts.about[type]}
          onClick={() => (held.current?.state ?? 'pressed') === 'pressed' && onAdd(type)}
          onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); held.current = { x: event.clientX, y: event.clientY, state: 'pressed' }; }}
          onPointerMove={onMove(type)} onPointerUp={release(true)} onPointerCancel={release(false)}
          onKeyDown={(event) => event.key === 'Escape' && end(false)}>
          <WidgetPicture type={type} />
          <Text size="xs" fw={600}>{texts.types[type]}</Text>
        </UnstyledButton>
      ))}
      <Text size="xs" c="dimmed" className="te-palette-hint">{texts.paletteHint}</Text>
    </div>
  );
}
