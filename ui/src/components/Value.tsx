/** A number with its unit, its quality and its age; nothing frozen looks live. */
import { Text } from '@mantine/core';
import { useIsOld } from '../api/freshness';
import { useLatest, useNow } from '../api/hooks';
import type { Pen } from '../api/telemetry';
import { formatAge, formatScalar } from '../lib/format';
import { values as texts } from '../lib/texts/values';

export function LiveValue({ pen, unit }: { pen: Pen; unit?: string | null }) {
  const point = useLatest(pen);
  const isOld = useIsOld(pen, point, useNow());
  if (!point) return <Text c="dimmed" size="sm" span>{texts.none}</Text>;
  const isDoubtful = point.quality !== 'good' || isOld;
  return (
    <span className={isDoubtful ? 'te-value te-doubtful' : 'te-value'}>
      <b>{formatScalar(point.value)}</b> {unit}
      {isDoubtful && <span aria-hidden="true"> ?</span>}
    </span>
  );
}

export function QualityAndAge({ pen }: { pen: Pen }) {
  const point = useLatest(pen);
  const now = useNow();
  const isOld = useIsOld(pen, point, now);
  if (!point) return <span>–</span>;
  const word = point.quality === 'good' && isOld ? 'stale' : point.quality;
  return <span className="te-value">{texts.quality[word]} · {texts.ago(formatAge((now - point.ts) / 1000))}</span>;
}
