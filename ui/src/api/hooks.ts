/** React's side of the live store, and a clock for ages. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { live, type LinkState } from './live';
import type { Latest, Pen } from './telemetry';

/** The newest value of a tag, kept new while the component is shown. */
export function useLatest(pen: Pen): Latest | undefined {
  useEffect(() => live.watch(pen.asset_id), [pen.asset_id]);
  return useSyncExternalStore(live.listen, () => live.value(pen));
}

/** Whether values are arriving. */
export function useLink(): LinkState {
  return useSyncExternalStore(live.listen, () => live.state);
}

/** Milliseconds since 1970, anew every second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

/** Ask for the data sources anew when the server says that one of them changed its state. */
export function useSourceNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    const refresh = () => void client.invalidateQueries({ queryKey: ['sources'] });
    return live.follow('device_status', { onNews: refresh, onGap: refresh });
  }, [client]);
}
