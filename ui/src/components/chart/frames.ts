/**
 * One animation loop for every chart.
 *
 * A chart is drawn only while it is on the screen and has asked for it; a hidden page draws nothing,
 * since browsers give it no frames. `draw` answers in how many ms it wants to be drawn again.
 */
type Draw = (now: number) => number | void;

interface Entry {
  draw: Draw;
  isSeen: boolean;
  dueAt: number;
}

const FRAME_MS = 16;

class Frames {
  private readonly entries = new Map<Element, Entry>();
  private watcher: IntersectionObserver | null = null;
  private frame = 0;
  private timer = 0;

  /** Have an element drawn; call the answer to end that. */
  add(element: Element, draw: Draw): () => void {
    this.watcher ??= new IntersectionObserver((changes) => {
      for (const change of changes) {
        const entry = this.entries.get(change.target);
        if (entry) entry.isSeen = change.isIntersecting;
      }
      this.plan();
    }, { rootMargin: '100px' });
    this.entries.set(element, { draw, isSeen: true, dueAt: 0 });
    this.watcher.observe(element);
    this.plan();
    return () => {
      this.watcher?.unobserve(element);
      this.entries.delete(element);
    };
  }

  /** Draw this element in the next frame, or when it is seen again. */
  request(element: Element): void {
    const entry = this.entries.get(element);
    if (!entry) return;
    entry.dueAt = 0;
    this.plan();
  }

  private plan(): void {
    if (this.frame) return;
    let next = Infinity;
    for (const entry of this.entries.values()) if (entry.isSeen) next = Math.min(next, entry.dueAt);
    window.clearTimeout(this.timer);
    if (next === Infinity) return;
    const wait = next - performance.now();
    if (wait <= FRAME_MS) this.frame = requestAnimationFrame(this.run);
    else this.timer = window.setTimeout(() => this.plan(), wait);
  }

  private run = (now: number): void => {
    this.frame = 0;
    for (const entry of this.entries.values()) {
      if (!entry.isSeen || entry.dueAt > now + FRAME_MS) continue;
      entry.dueAt = Infinity;
      const wait = entry.draw(now);
      if (wait !== undefined) entry.dueAt = Math.min(entry.dueAt, now + wait);
    }
    this.plan();
  };
}

export const frames = new Frames();
