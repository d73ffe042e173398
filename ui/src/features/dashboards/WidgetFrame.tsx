/** One widget on the grid: its title, its body, and while editing the handles by pointer and keys. */
import { ActionIcon, Group, Text } from '@mantine/core';
import { memo, type KeyboardEvent, type PointerEvent } from 'react';
import { Icon } from '../../components/Icon';
import { dashboards as texts } from '../../lib/texts/dashboards';
import { GAP_PX, ROW_PX, type Widget } from './grid';
import { BODIES } from './widgets';

const FRAME_PX = 50;
const PHONE_MAX_PX = 320;

export const nameOf = (widget: Widget): string => widget.title || texts.types[widget.type];

interface WidgetFrameProps {
  widget: Widget;
  chosen: Record<string, string>;
  span: number | null;
  isPhone: boolean;
  isHeld: boolean;
  edit: {
    onKey: (event: KeyboardEvent) => void;
    onDown: (event: PointerEvent, isResize: boolean) => void;
    onMove: (event: PointerEvent) => void;
    onUp: () => void;
    onSettings: () => void;
    onCopy: () => void;
    onDrop: () => void;
  } | null;
}

export function WidgetFrame({ widget, chosen, span, isPhone, isHeld, edit }: WidgetFrameProps) {
  const height = widget.h * (ROW_PX + GAP_PX) - GAP_PX - FRAME_PX;
  const title = nameOf(widget);
  const place = isPhone
    ? { minHeight: Math.min(height + FRAME_PX, PHONE_MAX_PX) }
    : { gridColumn: `${widget.x + 1} / span ${widget.w}`, gridRow: `${widget.y + 1} / span ${widget.h}` };
  return (
    <article className="te-panel te-widget" aria-label={title} style={place} data-held={isHeld || undefined}>
      <Group justify="space-between" wrap="nowrap" gap={4} mb={4} className="te-widget-head">
        <Text component="h2" size="sm" fw={600} truncate title={title}>{title}</Text>
        {edit && (
          <Group gap={2} wrap="nowrap">
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={texts.handle(title)} title={texts.handle(title)} style={{ cursor: 'move', touchAction: 'none' }}
              onKeyDown={edit.onKey} onPointerDown={(event) => edit.onDown(event, false)} onPointerMove={edit.onMove} onPointerUp={edit.onUp} onPointerCancel={edit.onUp}>
              <Icon name="grip" size={16} />
            </ActionIcon>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={texts.settings(title)} title={texts.settings(title)} onClick={edit.onSettings}><Icon name="settings" size={16} /></ActionIcon>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={texts.copy(title)} title={texts.copy(title)} onClick={edit.onCopy}><Icon name="copy" size={16} /></ActionIcon>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={texts.drop(title)} title={texts.drop(title)} onClick={edit.onDrop}><Icon name="trash" size={16} /></ActionIcon>
          </Group>
        )}
      </Group>
      <div className="te-widget-body"><Body widget={widget} chosen={chosen} span={span} height={isPhone ? Math.min(height, PHONE_MAX_PX - FRAME_PX) : height} /></div>
      {edit && <span aria-hidden="true" className="te-resize" onPointerDown={(event) => edit.onDown(event, true)} onPointerMove={edit.onMove} onPointerUp={edit.onUp} onPointerCancel={edit.onUp} />}
    </article>
  );
}

interface BodyProps { widget: Widget; chosen: Record<string, string>; span: number | null; height: number }

/** A drag moves frames many times a second; what is inside is drawn anew only when it changes itself. */
const Body = memo(
  function Body(props: BodyProps) {
    const Kind = BODIES[props.widget.type];
    return <Kind {...props} />;
  },
  (a, b) => a.widget.options === b.widget.options && a.widget.title === b.widget.title && a.widget.type === b.widget.type
    && a.height === b.height && a.span === b.span && a.chosen === b.chosen,
);
