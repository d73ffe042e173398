import { describe, expect, it } from 'vitest';
import { Ring } from './ring';
import { formatAxis, formatBytes, formatShare, formatWidth } from './sizes';
import { sparkPath } from './spark';

describe('Ring', () => {
  const held = (ring: Ring, after = -Infinity) => {
    const got: [number, number][] = [];
    ring.after(after, (t, value) => got.push([t, value]));
    return got;
  };
  it('keeps the newest, oldest first', () => {
    const ring = new Ring(3);
    for (const t of [1, 2, 3, 4, 5]) ring.push(t, t * 10);
    expect(held(ring)).toEqual([[3, 30], [4, 40], [5, 50]]);
    expect(held(ring, 4)).toEqual([[5, 50]]);
    expect(ring.pushed).toBe(5);
  });
  it('leaves out what is older and replaces what has the same time', () => {
    const ring = new Ring(4);
    ring.push(2, 1);
    ring.push(1, 9);
    ring.push(2, 7);
    expect(held(ring)).toEqual([[2, 7]]);
  });
});

describe('words for numbers', () => {
  it('axis ticks are short', () => expect([0.25, 1500, 250_000, 0].map(formatAxis)).toEqual(['0.25', '1,500', '250K', '0']));
  it('bytes', () => expect([512, 1400, 2_500_000, 999_000_000].map(formatBytes)).toEqual(['512 B', '1.4 kB', '2.5 MB', '999 MB']));
  it('lengths of time', () => expect([850, 90_000, 5_400_000, 2_592_000_000].map(formatWidth)).toEqual(['850 ms', '1.5 min', '1.5 h', '30 d']));
  it('shares', () => expect([0.0523, 0.5].map(formatShare)).toEqual(['5.2 %', '50 %']));
});

describe('sparkPath', () => {
  it('spans the width', () => expect(sparkPath([0, 1], 10, 12).path).toBe('M0.0 10.0L10.0 2.0'));
  it('breaks at gaps and marks a lone point', () => expect(sparkPath([1, 1, null, 1, null], 8, 12).path).toBe('M0.0 6.0L2.0 6.0M6.0 6.0h1'));
  it('is nothing without two values', () => expect(sparkPath([null, NaN, 3], 10, 12).path).toBe(''));
});
