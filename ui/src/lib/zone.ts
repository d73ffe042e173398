/** The time zone people read times in: the machine's own unless they choose another. */
const KEY = 'twinedge.zone';
const listeners = new Set<() => void>();

export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function stored(): string | null {
  const name = localStorage.getItem(KEY);
  if (name === null) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    // A zone this browser does not know (any more) is as good as none.
    return null;
  }
}

let current = stored() ?? localZone;

/** The chosen zone's IANA name. */
export const zone = (): string => current;

/** Choose a zone; null goes back to the machine's own. */
export function setZone(name: string | null): void {
  current = name ?? localZone;
  if (name === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, name);
  for (const call of listeners) call();
}

export function onZone(call: () => void): () => void {
  listeners.add(call);
  return () => listeners.delete(call);
}

/** What may be chosen, the usual ones first. */
export const zones = (): string[] => [...new Set([localZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

interface Parts {
  day: string;
  clock: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in the chosen zone: `2026-11-26` and `14:03:59`. */
export function inZone(ms: number): Parts {
  let format = formats.get(current);
  if (!format) {
    format = new Intl.DateTimeFormat('sv', { timeZone: current, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(current, format);
  }
  const [day = '', clock = ''] = format.format(ms).split(' ');
  return { day, clock };
}

/** The moment that a wall clock of the chosen zone showed as `2026-11-26T14:03`. */
export function fromZone(wall: string): number {
  const asUtc = Date.parse(`${wall}Z`);
  const shown = (ms: number) => {
    const { day, clock } = inZone(ms);
    return Date.parse(`${day}T${clock}Z`);
  };
  // Twice, since the first guess may lie on the other side of a change of the clock.
  const guess = asUtc - (shown(asUtc) - asUtc);
  return guess - (shown(guess) - asUtc);
}
