/** React's side of the live store, and a clock for ages. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { live, type LinkState } from './live';
import type { Latest, Pen } from './telemetry';

/** The newest value of a tag, kept new while the component is shown; of a tag not chosen yet there is none. */
export function useLatest(pen: Pen): Latest | undefined {
  useEffect(() => (pen.asset_id === '' ? undefined : live.watch(pen.asset_id)), [pen.asset_id]);
  return useSyncExternalStore(live.listen, () => live.value(pen));
}

/** Whether values are arriving. */
export function useLink(): LinkState {
  return useSyncExternalStore(live.listen, () => live.state);
}

const ticking = new Set<() => void>();
let now = Date.now();
let clock = 0;

/** One timer for every age on the page. */
function tick(call: () => void): () => void {
  ticking.add(call);
  if (ticking.size === 1) {
    now = Date.now();
    clock = window.setInterval(() => {
      now = Date.now();
      for (const each of ticking) each();
    }, 1000);
  }
  return () => {
    ticking.delete(call);
    if (ticking.size === 0) window.clearInterval(clock);
  };
}

/** Milliseconds since 1970, anew every second. */
export const useNow = (): number => useSyncExternalStore(tick, () => now);

/** Ask for the data sources anew when the server says that one of them changed its state. */
export function useSourceNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    const refresh = () => void client.invalidateQueries({ queryKey: ['sources'] });
    return live.follow('device_status', { onNews: refresh, onGap: refresh });
  }, [client]);
}
