/** Whether a value may still be true: told by its source, and only where there is none by its age. */
import { useQuery } from '@tanstack/react-query';
import { assetsQuery } from './assets';
import { useLink } from './hooks';
import { sourcesQuery } from './sources';
import type { Latest, Pen } from './telemetry';

/** What nobody vouches for is old after this. */
const OLD_S = 60;

export type Source = 'connected' | 'disconnected' | 'none' | 'unknown';

/**
 * A connected source hears its devices, so an unchanged value is no old value: OPC UA subscriptions and
 * many MQTT publishers report changes only. A lost source makes its values old at once.
 */
export const isOld = (source: Source, age_s: number): boolean =>
  source === 'connected' ? false : source === 'disconnected' ? true : age_s > OLD_S;

/** The state of the source that brings this tag. */
export function useSourceOf(pen: Pen): Source {
  const asset = useQuery({
    ...assetsQuery,
    select: (assets) => assets.find((it) => it.id === pen.asset_id)?.tags.find((it) => it.tag_name === pen.tag_name)?.data_source_id ?? null,
  });
  const id = asset.data;
  const status = useQuery({
    ...sourcesQuery,
    enabled: id != null,
    retry: false,
    select: (sources) => sources.find((it) => it.id === id)?.status ?? null,
  });
  if (id === undefined) return 'unknown';
  if (id === null) return 'none';
  return status.data ?? 'unknown';
}

/** Whether this value is old now; all are while the server does not answer. */
export function useIsOld(pen: Pen, point: Latest | undefined, now: number): boolean {
  const source = useSourceOf(pen);
  const isLost = useLink() === 'lost';
  return point !== undefined && (isLost || isOld(source, (now - point.ts) / 1000));
}
