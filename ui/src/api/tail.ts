/** The points that came after the history was asked for, kept for as long as a chart shows them. */
import { Ring } from '../lib/ring';
import { live } from './live';
import { penKey, type Pen } from './telemetry';

const CAPACITY = 4096;

interface Held {
  ring: Ring;
  holders: number;
}

const tails = new Map<string, Held>();
let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  live.onValue((row) => {
    const held = tails.get(penKey(row));
    if (held && row.quality !== 'bad' && row.value !== null && typeof row.value !== 'string')
      held.ring.push(row.ts / 1000, Number(row.value));
  });
}

/** Keep the tail of this pen; call the answer to let it go. */
export function holdTail(pen: Pen): () => void {
  listen();
  const key = penKey(pen);
  const held = tails.get(key) ?? { ring: new Ring(CAPACITY), holders: 0 };
  held.holders += 1;
  tails.set(key, held);
  const release = live.watch(pen.asset_id);
  return () => {
    release();
    held.holders -= 1;
    if (held.holders === 0) tails.delete(key);
  };
}

export const tailOf = (pen: Pen): Ring | undefined => tails.get(penKey(pen))?.ring;
