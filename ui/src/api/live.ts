/**
 * Newest values of the assets somebody looks at, news of other channels, and whether it all still comes.
 *
 * One WebSocket for the tab; while it is down, each watched asset is asked every 2 s, which also
 * fills the gap. What was asked for before the server had confirmed a subscription is asked for again
 * then: news in between would be missed. Listeners are told at most once a frame. Order per tag is by the point's own time.
 * A socket that is open but silent is pinged, and given up when it does not answer.
 */
import { get } from './client';
import { latest, penKey, type Latest, type Pen, type Quality } from './telemetry';
import type { Scalar } from '../lib/format';

export type LinkState = 'connecting' | 'live' | 'polling' | 'lost';
export type Channel = 'alerts' | 'device_status' | 'predictions';

const POLL_MS = 2000;
const RETRY_MAX_MS = 15_000;
const PING_MS = 5000;
const SILENT_MS = 15_000;
const SIGNED_OUT = 4401;

interface ServerMessage {
  type: string;
  channel?: string;
  data?: unknown;
}

interface Subscribed {
  filters: Record<string, string[]>;
}

interface Follower {
  onNews: (data: unknown) => void;
  /** News may be missing from before now: ask for the whole. */
  onGap: () => void;
}

class LiveStore {
  private readonly values = new Map<string, Latest>();
  private readonly watched = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Map<Channel, Set<Follower>>();
  private readonly returned = new Set<() => void>();
  private readonly takers = new Set<(row: Latest) => void>();
  private socket: WebSocket | null = null;
  private open = false;
  private running = false;
  private wasOpen = false;
  private retryMs = 1000;
  private frame = 0;
  private poll = 0;
  private retry = 0;
  private pulse = 0;
  version = 0;
  state: LinkState = 'connecting';
  /** When the server last said anything; milliseconds since 1970. */
  heardAt = 0;
  /** Called when the server has ended our session. */
  onSignedOut: () => void = () => undefined;

  start(): void {
    if (this.running) return;
    this.running = true;
    this.heardAt = Date.now();
    this.connect();
    this.pulse = window.setInterval(() => this.feel(), PING_MS);
    void this.ask();
  }

  stop(): void {
    this.running = false;
    window.clearTimeout(this.poll);
    window.clearTimeout(this.retry);
    window.clearInterval(this.pulse);
    this.socket?.close();
    this.socket = null;
    this.open = false;
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

  /** Be told when the server is there again after it was not; returns how to end that. */
  onReturn(call: () => void): () => void {
    this.returned.add(call);
    return () => this.returned.delete(call);
  }

  /** Get the news of a channel until the returned function is called. */
  follow(channel: Channel, follower: Follower): () => void {
    const all = this.followers.get(channel) ?? new Set();
    this.followers.set(channel, all);
    if (all.size === 0) this.say({ type: 'subscribe', channel });
    all.add(follower);
    return () => {
      all.delete(follower);
      if (all.size === 0) this.say({ type: 'unsubscribe', channel });
    };
  }

  /** Be handed every value as it comes; returns how to end that. */
  onValue(take: (row: Latest) => void): () => void {
    this.takers.add(take);
    return () => this.takers.delete(take);
  }

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

  private fillAll(topic: Subscribed): void {
    for (const asset of topic.filters['asset_id'] ?? []) void this.fill(asset).catch(() => this.lose());
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
        const wasLost = this.state === 'lost';
        this.hear(this.open ? 'live' : 'polling');
        if (wasLost && !this.open) this.again();
      }
    } catch {
      // A server that does not answer is the state `lost`, which the page shows.
      this.lose();
    }
    if (this.running) this.poll = window.setTimeout(() => void this.ask(), POLL_MS);
  }

  /** The server answers again: do not wait for the back-off's end. */
  private again(): void {
    window.clearTimeout(this.retry);
    this.retryMs = 1000;
    this.connect();
  }

  private connect(): void {
    const before = this.socket;
    if (before && before.readyState === WebSocket.CONNECTING) return;
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/v1/ws`);
    this.socket = socket;
    socket.onopen = () => {
      this.open = true;
      this.retryMs = 1000;
      for (const channel of this.followers.keys()) this.say({ type: 'subscribe', channel });
      for (const asset of this.watched.keys()) this.subscribe('subscribe', asset);
      this.hear('live');
      if (this.wasOpen) for (const call of this.returned) call();
      this.wasOpen = true;
    };
    socket.onmessage = (event) => this.read(JSON.parse(String(event.data)) as ServerMessage);
    socket.onclose = (event) => {
      if (this.socket !== socket) return;
      this.open = false;
      if (!this.running) return;
      if (event.code === SIGNED_OUT) {
        this.onSignedOut();
        return;
      }
      this.retry = window.setTimeout(() => this.connect(), this.retryMs * (0.5 + Math.random()));
      this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS);
    };
  }

  /** Ask a silent socket for a sign of life; give up one that gives none. */
  private feel(): void {
    if (!this.open) return;
    if (Date.now() - this.heardAt < SILENT_MS) {
      this.say({ type: 'ping' });
      return;
    }
    const dead = this.socket;
    this.open = false;
    this.socket = null;
    dead?.close();
    this.lose();
    this.again();
  }

  private say(message: Record<string, unknown>): void {
    if (this.open) this.socket?.send(JSON.stringify(message));
  }

  private subscribe(type: 'subscribe' | 'unsubscribe', assetId: string): void {
    this.say({ type, channel: 'telemetry', filters: { asset_id: assetId } });
  }

  private read(message: ServerMessage): void {
    this.hear('live');
    if (message.channel === 'telemetry') {
      if (message.type === 'subscribed') this.fillAll(message.data as Subscribed);
      if (message.type !== 'data') return;
      const rows = Array.isArray(message.data) ? message.data : [message.data];
      for (const row of rows as (Pen & { timestamp: string; value: Scalar; quality: Quality })[])
        this.take({ ...row, ts: Date.parse(row.timestamp) });
      return;
    }
    const followers = this.followers.get(message.channel as Channel);
    if (!followers) return;
    if (message.type === 'event' || message.type === 'data')
      for (const follower of followers) follower.onNews(message.data);
    else if (message.type === 'gap' || message.type === 'subscribed') for (const follower of followers) follower.onGap();
  }

  private take(row: Latest): void {
    const before = this.values.get(penKey(row));
    if (before && before.ts > row.ts) return;
    this.values.set(penKey(row), row);
    for (const take of this.takers) take(row);
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
