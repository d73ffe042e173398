/** Mouse, wheel and fingers on a chart: drag zooms, Shift-drag and one finger pan, wheel and pinch zoom. */
import type uPlot from 'uplot';
import { zoomed, panned, type Span } from './span';

export interface GestureTarget {
  view(): Span;
  /** Called all the time while moving. */
  move(span: Span): void;
  /** A period was dragged out. */
  select(span: Span): void;
  wheelNeedsCtrl: boolean;
}

const CLICK_PX = 5;
const OUT = 3;

/** Bind them; the answer unbinds. Times are seconds. */
export function bindGestures(u: uPlot, target: GestureTarget): () => void {
  const over = u.over;
  const fingers = new Map<number, { x: number; y: number }>();
  let drag: { kind: 'select' | 'pan'; x: number; from: Span } | null = null;
  let pinch: { distance: number; share: number; from: Span } | null = null;
  const width = () => Math.max(over.clientWidth, 1);
  const place = (event: PointerEvent | WheelEvent | MouseEvent) => event.clientX - over.getBoundingClientRect().left;
  /** The two fingers: how far apart (at least 20 px, so that no zoom is without bound) and where. */
  const spread = () => {
    const xs = [...fingers.values()].map((finger) => finger.x);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    return { distance: Math.max(right - left, 20), middle: (left + right) / 2 };
  };

  const onWheel = (event: WheelEvent) => {
    if (target.wheelNeedsCtrl && !event.ctrlKey) return;
    event.preventDefault();
    const steps = Math.max(-3, Math.min(3, event.deltaY / 100));
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      target.move(panned(target.view(), (event.deltaX || event.deltaY) / width()));
    else target.move(zoomed(target.view(), 1.35 ** steps, place(event) / width()));
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    over.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const isTouch = event.pointerType === 'touch';
    if (isTouch && fingers.size === 2) {
      const middle = spread().middle - over.getBoundingClientRect().left;
      pinch = { distance: spread().distance, share: middle / width(), from: target.view() };
      drag = null;
      return;
    }
    drag = { kind: isTouch || event.shiftKey ? 'pan' : 'select', x: place(event), from: target.view() };
  };
  const onMove = (event: PointerEvent) => {
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pinch && fingers.size === 2) {
      target.move(zoomed(pinch.from, pinch.distance / spread().distance, pinch.share));
    } else if (drag?.kind === 'pan') {
      target.move(panned(drag.from, (drag.x - place(event)) / width()));
    } else if (drag) {
      const [a, b] = ends(drag.x, place(event));
      u.setSelect({ left: a, top: 0, width: b - a, height: over.clientHeight }, false);
    }
  };
  const onUp = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (drag?.kind === 'select') {
      const [a, b] = ends(drag.x, place(event));
      u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      const { from, to } = target.view();
      const at = (x: number) => from + ((to - from) * x) / width();
      if (b - a >= CLICK_PX) target.select({ from: at(a), to: at(b) });
    }
    drag = null;
    if (fingers.size < 2) pinch = null;
  };
  const ends = (a: number, b: number): [number, number] => {
    const clamped = Math.min(Math.max(b, 0), width());
    return [Math.min(a, clamped), Math.max(a, clamped)];
  };
  const onCancel = () => {
    fingers.clear();
    drag = pinch = null;
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  };
  const onDouble = (event: MouseEvent) => target.move(zoomed(target.view(), OUT, place(event) / width()));

  over.style.touchAction = 'pan-y';
  over.addEventListener('wheel', onWheel, { passive: false });
  over.addEventListener('pointerdown', onDown);
  over.addEventListener('pointermove', onMove);
  over.addEventListener('pointerup', onUp);
  over.addEventListener('pointercancel', onCancel);
  over.addEventListener('dblclick', onDouble);
  return () => {
    over.removeEventListener('wheel', onWheel);
    over.removeEventListener('pointerdown', onDown);
    over.removeEventListener('pointermove', onMove);
    over.removeEventListener('pointerup', onUp);
    over.removeEventListener('pointercancel', onCancel);
    over.removeEventListener('dblclick', onDouble);
  };
}
