/** Alarm priority by colour, shape and number at once. */
const LOOK = {
  critical: { shape: '■', number: '1' },
  warning: { shape: '▲', number: '2' },
  info: { shape: '●', number: '3' },
} as const;

export function Severity({ level, withWord = true }: { level: keyof typeof LOOK; withWord?: boolean }) {
  const look = LOOK[level];
  return (
    <span style={{ color: `var(--te-${level})`, fontWeight: 600, whiteSpace: 'nowrap' }}>
      <span aria-hidden="true">{look.shape}</span> {look.number}
      {withWord && ` ${level}`}
    </span>
  );
}
