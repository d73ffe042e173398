/** A small line without axes, as one SVG path; the band of normal values lies behind it. */
import { sparkPath } from '../lib/spark';

interface SparklineProps {
  values: (number | null)[];
  width?: number;
  height?: number;
  /** Values outside are not drawn in another colour: the band is enough to see them. */
  normal?: [number, number] | null;
}

export function Sparkline({ values, width = 96, height = 24, normal = null }: SparklineProps) {
  const { path, low, high } = sparkPath(values, width, height);
  if (path === '') return <svg width={width} height={height} aria-hidden="true" />;
  const y = (value: number) => height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
  const top = normal ? Math.max(y(normal[1]), 0) : 0;
  const bottom = normal ? Math.min(y(normal[0]), height) : 0;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} preserveAspectRatio="none" aria-hidden="true" className="te-spark">
      {bottom > top && <rect x="0" y={top} width={width} height={bottom - top} fill="var(--te-band)" />}
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
