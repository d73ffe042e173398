/**
 * Newest values of the assets somebody looks at, and whether they really are new.
 *
 * One WebSocket for the tab; while it is down, each watched asset is asked every 2 s, which also
 * fills the gap. Listeners are told at most once a frame. Order per tag is by the point's own time.
 */
import { get } from './client';
import { latest, penKey, type Latest, type Pen, type Quality } from './telemetry';
import type { Scalar } from '../lib/format';

export type LinkState = 'connecting' | 'live' | 'polling' | 'lost';

const POLL_MS = 2000;
const RETRY_MAX_MS = 30_000;

interface ServerMessage {
  type: string;
  channel?: string;
  data?: unknown;
}

class LiveStore {
  private readonly values = new Map<string, Latest>();
  private readonly watched = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private socket: WebSocket | null = null;
  private open = false;
  private running = false;
  private retryMs = 1000;
  private frame = 0;
  private poll = 0;
  private retry = 0;
  version = 0;
  state: LinkState = 'connecting';
  /** When the server last said anything; milliseconds since 1970. */
  heardAt = 0;

  start(): void {
    if (this.running) return;
    this.running = true;
    this.heardAt = Date.now();
    this.connect();
    void this.ask();
  }

  stop(): void {
    this.running = false;
    window.clearTimeout(this.poll);
    window.clearTimeout(this.retry);
    this.socket?.close();
    this.socket = null;
    this.values.clear();
  }

  value(pen: Pen): Latest | undefined {
    return this.values.get(penKey(pen));
  }

  /** Be told when any value or the state changes; returns how to end that. */
  listen = (call: () => void): (() => void) => {
    this.listeners.add(call);
    return () => this.listeners.delete(call);
  };

  /** Keep an asset's values new until the returned function is called. */
  watch(assetId: string): () => void {
    const count = this.watched.get(assetId) ?? 0;
    this.watched.set(assetId, count + 1);
    if (count === 0) {
      this.subscribe('subscribe', assetId);
      void this.fill(assetId).catch(() => this.lose());
    }
    return () => {
      const left = (this.watched.get(assetId) ?? 1) - 1;
      if (left > 0) {
        this.watched.set(assetId, left);
        return;
      }
      this.watched.delete(assetId);
      this.subscribe('unsubscribe', assetId);
    };
  }

  private async fill(assetId: string): Promise<void> {
    for (const row of await latest(assetId)) this.take(row);
    this.hear(this.open ? 'live' : 'polling');
  }

  private async ask(): Promise<void> {
    try {
      if (!this.open) {
        const assets = [...this.watched.keys()];
        if (assets.length === 0) await get('/health/live');
        for (const asset of assets) await this.fill(asset);
        this.hear(this.open ? 'live' : 'polling');
      }
    } catch {
      // A server that does not answer is the state `lost`, which the page shows.
      this.lose();
    }
    if (this.running) this.poll = window.setTimeout(() => void this.ask(), POLL_MS);
  }

  private connect(): void {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/v1/ws`);
    this.socket = socket;
    socket.onopen = () => {
      this.open = true;
      this.retryMs = 1000;
      for (const asset of this.watched.keys()) {
        this.subscribe('subscribe', asset);
        void this.fill(asset).catch(() => this.lose());
      }
      this.hear('live');
    };
    socket.onmessage = (event) => this.read(JSON.parse(String(event.data)) as ServerMessage);
    socket.onclose = () => {
      this.open = false;
      if (!this.running) return;
      this.retry = window.setTimeout(() => this.connect(), this.retryMs * (0.5 + Math.random()));
      this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS);
    };
  }

  private subscribe(type: 'subscribe' | 'unsubscribe', assetId: string): void {
    if (this.open)
      this.socket?.send(
        JSON.stringify({ type, channel: 'telemetry', filters: { asset_id: assetId } }),
      );
  }

  private read(message: ServerMessage): void {
    this.hear('live');
    if (message.channel !== 'telemetry' || message.type !== 'data') return;
    const rows = Array.isArray(message.data) ? message.data : [message.data];
    for (const row of rows as (Pen & { timestamp: string; value: Scalar; quality: Quality })[])
      this.take({ ...row, ts: Date.parse(row.timestamp) });
  }

  private take(row: Latest): void {
    const before = this.values.get(penKey(row));
    if (before && before.ts > row.ts) return;
    this.values.set(penKey(row), row);
    this.tell();
  }

  private hear(state: LinkState): void {
    this.heardAt = Date.now();
    if (this.state !== state) {
      this.state = state;
      this.tell();
    }
  }

  private lose(): void {
    this.state = 'lost';
    this.tell();
  }

  private tell(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.version += 1;
      for (const call of this.listeners) call();
    });
  }
}

export const live = new LiveStore();
