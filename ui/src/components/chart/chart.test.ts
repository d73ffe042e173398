import { describe, expect, it } from 'vitest';
import { append, extentOf, padded, summaryOf, valueHeld, valueNear, type Columns } from './columns';
import { marksAt, type Mark } from './decor';
import { bounded, panned, zoomed } from './span';

const two = (): Columns => [
  [1, 2, 3], [10, 20, null], [9, 19, null], [11, 21, null], [undefined, 5, 6], [undefined, 5, 6], [undefined, 5, 6],
];

describe('span', () => {
  it('zooms around a place', () => expect(zoomed({ from: 0, to: 100 }, 0.5, 0)).toEqual({ from: 0, to: 50 }));
  it('pans by a share of itself', () => expect(panned({ from: 0, to: 100 }, 0.25)).toEqual({ from: 25, to: 125 }));
  it('keeps its middle when bounded', () => expect(bounded({ from: 49, to: 51 }, 10, 100)).toEqual({ from: 45, to: 55 }));
});

describe('columns', () => {
  it('append a row at the end', () => {
    const columns = two();
    append(columns, 1, 4, 7);
    expect(columns.map((column) => column[3])).toEqual([4, undefined, undefined, undefined, 7, 7, 7]);
  });
  it('share a row at the same time', () => {
    const columns = two();
    append(columns, 0, 3, 30);
    expect(columns[0]).toHaveLength(3);
    expect(columns[1]?.[2]).toBe(30);
  });
  it('put a late point in its place', () => {
    const columns = two();
    append(columns, 0, 1.5, 15);
    expect(columns[0]).toEqual([1, 1.5, 2, 3]);
    expect(columns[4]).toEqual([undefined, undefined, 5, 6]);
  });
  it('know the extent of what is seen', () => {
    expect(extentOf(two(), [0], 0, 9)).toEqual({ low: 9, high: 21 });
    expect(extentOf(two(), [1], 2.5, 9)).toEqual({ low: 5, high: 6 });
    expect(extentOf([[]], [], 0, 1)).toBeNull();
  });
  it('leave room, also around a flat line', () => {
    expect(padded({ low: 5, high: 5 })).toEqual([4.96, 5.04]);
  });
  it('find the value near the cursor, not beyond its reach', () => {
    expect(valueNear(two(), 0, 2.9, 5)).toBe(20);
    expect(valueNear(two(), 0, 3.9, 0.5)).toBeNull();
  });
  it('hold the last value of a state', () => {
    const columns: Columns = [[1, 2, 9], [1, undefined, 0], [1, undefined, 0], [1, undefined, 0]];
    expect([0.5, 1, 8, 9].map((t) => valueHeld(columns, 0, t))).toEqual([null, 1, 1, 0]);
  });
  it('sum up what is shown', () => {
    expect(summaryOf(two(), 0, 0, 9)).toEqual({ low: 9, high: 21, mean: 15 });
    expect(summaryOf(two(), 1, 8, 9)).toBeNull();
  });
});

describe('marks', () => {
  const mark: Mark = { id: 'a', from: 2000, to: 4000, label: 'x', kind: 'note' };
  it('are found under the cursor', () => {
    expect(marksAt([mark], 3, 0)).toEqual([mark]);
    expect(marksAt([mark], 5, 0.5)).toEqual([]);
    expect(marksAt([{ ...mark, to: null }], 2.2, 0.5)).toHaveLength(1);
  });
});
