import { describe, expect, it } from 'vitest';
import { closeHoles } from '../../api/sparks';
import { isOld } from '../../api/freshness';
import type { Asset } from '../../api/assets';
import { grouped } from './tree';

const asset = (id: string, parent: string | null = null): Asset => ({ id, parent, name: id, description: '', type: null, tags: [], version: 1 });

describe('groups', () => {
  it('are the topmost parents', () => {
    const every = [asset('hall'), asset('line', 'hall'), asset('pump', 'line'), asset('meter')];
    expect(grouped(every, every).map((it) => [it.root?.id ?? null, it.assets.map((one) => one.id)])).toEqual([
      ['hall', ['hall', 'line', 'pump']], [null, ['meter']],
    ]);
  });
  it('survive a circle and a parent that is not there', () => {
    const every = [asset('a', 'b'), asset('b', 'a'), asset('c', 'gone')];
    expect(grouped(every, every).flatMap((it) => it.assets)).toHaveLength(3);
  });
});

describe('old', () => {
  it('is not what did not change while its source is connected', () => expect(isOld('connected', 86_400)).toBe(false));
  it('is everything of a source that is away', () => expect(isOld('disconnected', 1)).toBe(true));
  it('is what nobody vouches for, after a minute', () => {
    expect(isOld('none', 59)).toBe(false);
    expect(isOld('unknown', 61)).toBe(true);
  });
});

describe('holes of a sparkline', () => {
  it('are closed when small', () => {
    const values = [1, null, 3, null, null, null, null, 4];
    closeHoles(values);
    expect(values).toEqual([1, 2, 3, null, null, null, null, 4]);
  });
});
