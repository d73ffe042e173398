/**
 * Tiles of telemetry that were asked for, kept while the page is open.
 *
 * A view asks for the tiles it lacks, one request an asset and run of tiles; what an earlier view still
 * waits for and this one does not need is aborted. Past tiles are kept, the present one is asked anew.
 */
import { BUCKETS, levelFor, runsOf, tileSpan, tilesOver, usualStep, widthOf, type Tile } from '../lib/tiles';
import { get } from './client';
import { penKey, type EnvelopeRow, type Pen } from './telemetry';

const KEPT_MAX = 6000;
const POINTS = 1200;
/** Points may arrive late; a tile is only past when its end is this far back. */
const LATE_MS = 120_000;
const PAST_FOR_MS = 300_000;

export interface View {
  pens: Pen[];
  from: number;
  to: number;
}

interface Asked {
  asset: string;
  pens: string;
  level: number;
  first: number;
  last: number;
  control: AbortController;
}

export class TileStore {
  private readonly kept = new Map<string, Tile>();
  private asked: Asked[] = [];
  private readonly listeners = new Set<() => void>();
  version = 0;
  error: Error | null = null;

  listen = (call: () => void): (() => void) => {
    this.listeners.add(call);
    return () => this.listeners.delete(call);
  };

  get isWaiting(): boolean {
    return this.asked.length > 0;
  }

  find(pen: Pen, level: number, tile: number): Tile | undefined {
    return this.kept.get(`${penKey(pen)}\n${level}\n${tile}`);
  }

  /** Ask for what these views (milliseconds) lack; the answer comes through `listen`. */
  want(views: View[]): void {
    const wanted = views.flatMap((view) => this.lacks(view));
    this.asked = this.asked.filter((it) => {
      const isStillWanted = views.some((view) => {
        const [level, first, last] = placeOf(view);
        return level === it.level && it.first <= last && it.last >= first && view.pens.some((pen) => pen.asset_id === it.asset);
      });
      if (!isStillWanted) it.control.abort();
      return isStillWanted;
    });
    for (const one of wanted)
      if (!this.asked.some((it) => it.asset === one.asset && it.pens === one.pens && it.level === one.level && it.first <= one.first && it.last >= one.last))
        void this.ask(one);
  }

  private lacks(view: View): Asked[] {
    const [level, first, last] = placeOf(view);
    const now = Date.now();
    const byAsset = new Map<string, Pen[]>();
    for (const pen of view.pens) byAsset.set(pen.asset_id, [...(byAsset.get(pen.asset_id) ?? []), pen]);
    const found: Asked[] = [];
    for (const [asset, pens] of byAsset) {
      const missing: number[] = [];
      for (let tile = first; tile <= last; tile += 1) {
        if (tile * tileSpan(level) * 1000 > now) continue;
        if (pens.some((pen) => this.isMissing(pen, level, tile, now))) missing.push(tile);
      }
      const names = JSON.stringify(pens.map((pen) => pen.tag_name));
      for (const [a, b] of runsOf(missing))
        found.push({ asset, pens: names, level, first: a, last: b, control: new AbortController() });
    }
    return found;
  }

  private isMissing(pen: Pen, level: number, tile: number, now: number): boolean {
    const have = this.find(pen, level, tile);
    if (!have) return true;
    const age = now - have.askedAt;
    const goodFor = have.isPast ? PAST_FOR_MS : Math.min(Math.max(widthOf(level) * 1000, 4000), 60_000);
    return age > goodFor;
  }

  private async ask(one: Asked): Promise<void> {
    this.asked.push(one);
    const tags = JSON.parse(one.pens) as string[];
    const span = tileSpan(one.level);
    const [from, to] = [one.first * span, (one.last + 1) * span];
    const query = new URLSearchParams({ asset_id: one.asset });
    for (const tag of tags) query.append('tag_name', tag);
    query.set('start', new Date(Math.round(from * 1000)).toISOString());
    query.set('end', new Date(Math.round(to * 1000)).toISOString());
    query.set('max_points', String((one.last - one.first + 1) * BUCKETS));
    try {
      const { data } = await get<{ data: EnvelopeRow[] }>(`/v1/telemetry?${query}`, {}, one.control.signal);
      this.keep(one, tags, data);
      this.error = null;
    } catch (problem) {
      if (one.control.signal.aborted) return;
      this.error = problem instanceof Error ? problem : new Error(String(problem));
    } finally {
      this.asked = this.asked.filter((it) => it !== one);
    }
    this.version += 1;
    for (const call of this.listeners) call();
  }

  private keep({ asset, level, first, last }: Asked, tags: string[], rows: EnvelopeRow[]): void {
    const now = Date.now();
    const span = tileSpan(level);
    const byTag = new Map<string, { row: EnvelopeRow; t: number }[]>(tags.map((tag) => [tag, []]));
    for (const row of rows) byTag.get(row.tag_name)?.push({ row, t: Date.parse(row.timestamp) / 1000 });
    for (const [tag, points] of byTag) {
      const step = usualStep(points.map((point) => point.t));
      const tiles = Array.from({ length: last - first + 1 }, (_, i): Tile => ({
        t: [], avg: [], min: [], max: [], step, askedAt: now, isPast: (first + i + 1) * span * 1000 < now - LATE_MS,
      }));
      for (const { row, t } of points) {
        const tile = tiles[Math.floor(t / span + 1e-9) - first];
        if (!tile || row.avg === null || row.min === null || row.max === null) continue;
        tile.t.push(t);
        tile.avg.push(row.avg);
        tile.min.push(row.min);
        tile.max.push(row.max);
      }
      tiles.forEach((tile, i) => {
        const key = `${penKey({ asset_id: asset, tag_name: tag })}\n${level}\n${first + i}`;
        this.kept.delete(key);
        this.kept.set(key, tile);
      });
    }
    // the longest untouched go first: a Map keeps the order of insertion
    for (const key of this.kept.keys()) {
      if (this.kept.size <= KEPT_MAX) break;
      this.kept.delete(key);
    }
  }
}

/** Level, first and last tile of a view. */
export function placeOf({ from, to }: View): [number, number, number] {
  const level = levelFor(from / 1000, to / 1000, POINTS);
  return [level, ...tilesOver(level, from / 1000, to / 1000)];
}

export const tiles = new TileStore();
