/** A number with its unit, its quality and its age; nothing frozen looks live. */
import { Text } from '@mantine/core';
import { useLatest, useNow } from '../api/hooks';
import type { Pen } from '../api/telemetry';
import { formatAge, formatScalar } from '../lib/format';
import { values as texts } from '../lib/texts/values';

const OLD_S = 60;

export function LiveValue({ pen, unit }: { pen: Pen; unit?: string | null }) {
  const point = useLatest(pen);
  const now = useNow();
  if (!point) return <Text c="dimmed" size="sm" span>{texts.none}</Text>;
  const isDoubtful = point.quality !== 'good' || (now - point.ts) / 1000 > OLD_S;
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
  if (!point) return <span>–</span>;
  const age = (now - point.ts) / 1000;
  const word = point.quality === 'good' && age > OLD_S ? 'stale' : point.quality;
  return <span className="te-value">{texts.quality[word]} · {texts.ago(formatAge(age))}</span>;
}
