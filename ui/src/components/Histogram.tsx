/** How often which value: bars of equal width, with the two ends named. */
import { formatNumber } from '../lib/format';
import { values as texts } from '../lib/texts/values';

interface HistogramProps {
  /** One more than counts. */
  edges: number[];
  counts: number[];
  name: string;
  height?: number;
  showEnds?: boolean;
}

export function Histogram({ edges, counts, name, height = 40, showEnds = true }: HistogramProps) {
  const most = Math.max(...counts, 1);
  const low = edges[0] ?? 0;
  const high = edges.at(-1) ?? 0;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const fullest = counts.indexOf(most);
  return (
    <div className="te-histogram" role="img" aria-label={texts.histogram(name, formatNumber(low), formatNumber(high), total,
      `${formatNumber(edges[fullest] ?? low)} – ${formatNumber(edges[fullest + 1] ?? high)}`)}>
      <svg viewBox={`0 0 ${counts.length} 100`} width="100%" height={height} preserveAspectRatio="none" aria-hidden="true">
        {counts.map((count, i) => {
          const size = count === 0 ? 0 : Math.max((count / most) * 100, 3);
          return <rect key={i} x={i + 0.06} y={100 - size} width="0.88" height={size} fill="currentColor" />;
        })}
      </svg>
      {showEnds && <figcaption><span>{formatNumber(low)}</span><span>{formatNumber(high)}</span></figcaption>}
    </div>
  );
}
