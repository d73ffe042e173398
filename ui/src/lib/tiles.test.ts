import { describe, expect, it } from 'vitest';
import { BUCKETS, compose, holding, levelFor, runsOf, tileSpan, tilesOver, usualStep, widthOf, withGaps, type Tile } from './tiles';

const tileOf = (t: number[], step = 1): Tile => ({
  t, avg: t.map((x) => x), min: t.map((x) => x - 1), max: t.map((x) => x + 1), step, askedAt: 0, isPast: true,
});

describe('levels', () => {
  it('are the finest that keep to the number of points', () => {
    expect(widthOf(levelFor(0, 1, 1200))).toBe(0.001);
    expect(widthOf(levelFor(0, 900, 1200))).toBe(1);
    expect(widthOf(levelFor(0, 30 * 86_400, 1200))).toBe(3600);
  });
  it('end with the coarsest for any longer span', () => {
    expect(widthOf(levelFor(0, 1e12, 1200))).toBe(2_419_200);
  });
});

describe('tiles', () => {
  it('cover a range, its end excluded', () => {
    const level = levelFor(0, 900, 1200);
    expect(tileSpan(level)).toBe(BUCKETS);
    expect(tilesOver(level, 0, 256)).toEqual([0, 0]);
    expect(tilesOver(level, 255.5, 256.5)).toEqual([0, 1]);
    expect(tilesOver(level, 300, 300)).toEqual([1, 1]);
  });
  it('that are missing make runs', () => {
    expect(runsOf([3, 1, 2, 7])).toEqual([[1, 3], [7, 7]]);
    expect(runsOf([])).toEqual([]);
  });
});

describe('composing', () => {
  const level = levelFor(0, 900, 1200);
  it('takes a tile of its own level first', () => {
    const drawn = compose((at, tile) => (at === level && tile === 0 ? tileOf([1, 2]) : undefined), level, 0, 1);
    expect(drawn.t).toEqual([1, 2]);
  });
  it('falls back to the part of a coarser tile', () => {
    const drawn = compose((at, tile) => (at === level + 1 && tile === 0 ? tileOf([0, 100, 256, 300], 100) : undefined), level, 1, 1);
    expect(drawn.t).toEqual([256, 300]);
  });
  it('uses finer tiles when zooming out', () => {
    const drawn = compose((at, tile) => (at === level - 1 && tile === 1 ? tileOf([130, 131]) : undefined), level, 0, 0);
    expect(drawn.t).toEqual([130, 131]);
  });
  it('breaks the line where points are missing, unless told to hold', () => {
    const find = (at: number) => (at === level ? tileOf([1, 2, 3, 20]) : undefined);
    expect(compose(find, level, 0, 0).avg).toEqual([1, 2, 3, null, 20]);
    expect(compose(find, level, 0, 0, false).avg).toEqual([1, 2, 3, 20]);
  });
});

describe('composing where the rate changed', () => {
  it('breaks the line once, not at every slower point', () => {
    const level = levelFor(0, 900, 1200);
    const find = (at: number) => (at === level ? tileOf([10, 20, 30, 31, 32, 33, 34]) : undefined);
    expect(compose(find, level, 0, 0).avg).toEqual([10, null, 20, 30, 31, 32, 33, 34]);
  });
  it('does not break it where one tile ends and the next begins', () => {
    const level = levelFor(0, 900, 1200);
    const tiles = [tileOf([230, 240, 250], 10), tileOf([260, 270, 271, 272, 273])];
    expect(compose((at, tile) => (at === level ? tiles[tile] : undefined), level, 0, 1).avg).toEqual([230, 240, 250, 260, 270, 271, 272, 273]);
  });
});

describe('the usual step', () => {
  it('is the middle of the distances', () => expect(usualStep([0, 1, 2, 3, 50])).toBe(1));
  it('is nothing for a lone point', () => expect(usualStep([5])).toBe(0));
});

describe('holding', () => {
  const nothing = { t: [], avg: [], min: [], max: [] };
  it('draws what was true before and still is', () => {
    expect(holding(nothing, 1, 10, 20)).toEqual({ t: [10, 20], avg: [1, 1], min: [1, 1], max: [1, 1] });
  });
  it('draws nothing where nothing is known', () => expect(holding(nothing, null, 10, 20).t).toEqual([]));
  it('goes on with the last value', () => {
    expect(holding({ t: [12], avg: [0], min: [0], max: [0] }, 1, 10, 20)).toEqual({ t: [10, 12, 20], avg: [1, 0, 0], min: [1, 0, 0], max: [1, 0, 0] });
  });
});

describe('one tile by itself', () => {
  it('has gaps, and keeps points of one time', () => {
    expect(withGaps(tileOf([1, 1, 2, 30])).t).toEqual([1, 1, 2, 3, 30]);
    expect(withGaps(tileOf([1, 1, 2, 30])).avg).toEqual([1, 1, 2, null, 30]);
  });
});
