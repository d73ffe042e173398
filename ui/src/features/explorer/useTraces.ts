/** The curves of a view, at once from what is there, finer when it comes. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { assetsQuery } from '../../api/assets';
import { placeOf, tiles } from '../../api/tiles';
import { penKey, valueBefore, type Pen } from '../../api/telemetry';
import { compose, holding, tileSpan } from '../../lib/tiles';
import { explorer as texts } from '../../lib/texts/explorer';
import type { Trace } from '../../components/TimeChart';
import { penOf } from './search';

const DEBOUNCE_MS = 80;
const AGAIN_MS = 4000;

interface Traces {
  traces: Trace[];
  error: Error | null;
  isWaiting: boolean;
  /** Ask for what a range needs while a gesture still moves it. */
  ahead: (from: number, to: number) => void;
}

/** `shift` is how many ms earlier the dashed traces are; 0 draws none. */
export function useTraces(pens: string[], from: number, to: number, shift: number, isLive: boolean): Traces {
  const assets = useQuery(assetsQuery);
  const version = useSyncExternalStore(tiles.listen, () => tiles.version);
  const timer = useRef(0);
  const key = pens.join('\n');
  const wanted = useMemo(() => pens.map(penOf), [key]);
  const want = useCallback(
    (a: number, b: number) => {
      const views = [{ pens: wanted, from: a, to: b }];
      if (shift > 0) views.push({ pens: wanted, from: a - shift, to: b - shift });
      tiles.want(views);
    },
    [wanted, shift],
  );
  const ahead = useCallback(
    (a: number, b: number) => {
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => want(a, b), DEBOUNCE_MS);
    },
    [want],
  );
  useEffect(() => {
    ahead(from, to);
    const again = isLive ? window.setInterval(() => want(from, to), AGAIN_MS) : 0;
    return () => {
      window.clearTimeout(timer.current);
      window.clearInterval(again);
    };
  }, [ahead, want, from, to, isLive]);

  const reportsChanges = (pen: Pen): boolean => {
    const tag = assets.data?.find((it) => it.id === pen.asset_id)?.tags.find((it) => it.tag_name === pen.tag_name);
    return tag !== undefined && tag.data_source_id !== null;
  };
  const [level, first, last] = placeOf({ pens: wanted, from, to });
  const [, firstBefore, lastBefore] = placeOf({ pens: wanted, from: from - shift, to: to - shift });
  // What reports changes only may have nothing in the view and still be known: its value before it.
  const held = pens.filter((_, i) => reportsChanges(wanted[i]!));
  const start = first * tileSpan(level) * 1000;
  const before = useQuery({
    queryKey: ['before', held, start],
    enabled: held.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const found = await Promise.all(held.map(async (pen) => [penKey(penOf(pen)), await valueBefore(penOf(pen), start, signal)] as const));
      return new Map(found);
    },
  });
  const traces = useMemo((): Trace[] => {
    const tagOf = (asset: string, tag: string) =>
      assets.data?.find((it) => it.id === asset)?.tags.find((it) => it.tag_name === tag);
    const traceOf = (pen: (typeof wanted)[number], a: number, b: number): Trace => {
      const tag = tagOf(pen.asset_id, pen.tag_name);
      const step = tag?.kind === 'boolean';
      const found = compose((at, tile) => tiles.find(pen, at, tile), level, a, b, !step);
      const isHeld = tag?.data_source_id != null && (step || found.t.length === 0) && a === first;
      const end = Math.min(Date.now() / 1000, (b + 1) * tileSpan(level));
      const drawn = isHeld ? holding(found, before.data?.get(penKey(pen)) ?? null, a * tileSpan(level), end) : found;
      return { ...pen, ...drawn, label: `${pen.asset_id} ${pen.tag_name}`, unit: tag?.unit ?? null, step: step || isHeld };
    };
    // without the units the axes would be built twice, and a drag begun on the first would be lost
    if (!assets.data) return [];
    const present = wanted.map((pen) => traceOf(pen, first, last));
    if (shift === 0) return present;
    const past = wanted.map((pen) => {
      const trace = traceOf(pen, firstBefore, lastBefore);
      return { ...trace, label: texts.earlierTrace(trace.label), t: trace.t.map((at) => at + shift / 1000), dashed: true };
    });
    return [...present, ...past];
  }, [wanted, level, first, last, firstBefore, lastBefore, shift, version, assets.data, before.data]);
  return { traces, error: tiles.error, isWaiting: tiles.isWaiting, ahead };
}
