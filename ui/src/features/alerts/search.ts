/** What the address of the alarm page holds, so that a view can be sent to a colleague. */
import { useNavigate, useSearch } from '@tanstack/react-router';

export interface AlarmSearch {
  tab?: 'open' | 'history' | 'statistics' | undefined;
  view?: View | undefined;
  /** The alarm whose details are open. */
  alert?: string | undefined;
  severity?: string | undefined;
  status?: string | undefined;
  asset?: string | undefined;
  rule?: string | undefined;
  q?: string | undefined;
  /** Hours back from now, `all`, or `own` with from and to as local wall clocks. */
  span?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export type View = 'attention' | 'acknowledged' | 'shelved' | 'suppressed' | 'all';

/** Everything in an address is text, also what looks like a number. */
export function useAlarmSearch(): [AlarmSearch, (change: Partial<AlarmSearch>) => void] {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const search = Object.fromEntries(
    Object.entries(raw).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)]),
  ) as AlarmSearch;
  const change = (part: Partial<AlarmSearch>) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value));
    void navigate({ to: '/alarms', search: next as never, replace: true });
  };
  return [search, change];
}
