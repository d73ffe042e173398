/** Alarm priority by colour, shape and number at once. */
const LOOK = {
  critical: { shape: '■', number: '1' },
  warning: { shape: '▲', number: '2' },
  info: { shape: '●', number: '3' },
} as const;

/** `isQuiet`: named, not raised; colour is for what is wrong now. */
export function Severity({ level, withWord = true, isQuiet = false }: { level: keyof typeof LOOK; withWord?: boolean; isQuiet?: boolean }) {
  const look = LOOK[level];
  return (
    <span style={isQuiet ? { color: 'var(--te-muted)', whiteSpace: 'nowrap' } : { color: `var(--te-${level})`, fontWeight: 600, whiteSpace: 'nowrap' }}>
      <span aria-hidden="true">{look.shape}</span> {look.number}
      {withWord && ` ${level}`}
    </span>
  );
}
