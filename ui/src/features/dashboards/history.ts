/** A value with the way back and forth. */
import { useState } from 'react';

const KEPT = 100;

interface Steps<T> { past: T[]; now: T | null; future: T[] }

export interface History<T> {
  /** Null while nothing is being edited. */
  now: T | null;
  begin: (value: T) => void;
  end: () => void;
  /** A step of its own, to be undone alone. */
  set: (value: T) => void;
  /** Part of the step under way, such as a drag. */
  replace: (value: T) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

export function useHistory<T>(): History<T> {
  const [steps, setSteps] = useState<Steps<T>>({ past: [], now: null, future: [] });
  return {
    now: steps.now,
    begin: (now) => setSteps({ past: [], now, future: [] }),
    end: () => setSteps({ past: [], now: null, future: [] }),
    set: (now) => setSteps((old) => ({ past: old.now === null ? old.past : [...old.past.slice(-KEPT + 1), old.now], now, future: [] })),
    replace: (now) => setSteps((old) => ({ ...old, now })),
    undo: () => setSteps((old) => {
      const last = old.past.at(-1);
      return last === undefined || old.now === null ? old : { past: old.past.slice(0, -1), now: last, future: [...old.future, old.now] };
    }),
    redo: () => setSteps((old) => {
      const next = old.future.at(-1);
      return next === undefined || old.now === null ? old : { past: [...old.past, old.now], now: next, future: old.future.slice(0, -1) };
    }),
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
  };
}
