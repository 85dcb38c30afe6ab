/** One WebSocket for the whole page: topics are shared, a lost connection comes back and goes on where it stood. */

import type { Frame, Subscribe, Topic } from "./frames";
import { afterDelta, fromSnapshot, type TopicState } from "./topic_state";

export type Line = "connecting" | "live" | "lost";
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000] as const;
const DEFAULT_HEARTBEAT_SECONDS = 15;

interface Entry {
  wanted: Topic;
  listeners: Set<() => void>;
  /** The server's name of it, known from the answer on. */
  name: string | null;
  state: TopicState | null;
  refusal: string | null;
}

export class Connection {
  private socket: WebSocket | null = null;
  private readonly entries = new Map<string, Entry>();
  private readonly lineListeners = new Set<() => void>();
  private failures = 0;
  private heartbeatMs = DEFAULT_HEARTBEAT_SECONDS * 1_000;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  line: Line = "connecting";

  constructor(private readonly url: string) {}

  /** Listen to a topic until the returned function is called; the connection opens with the first. */
  subscribe(topic: Topic, listener: () => void): () => void {
    const key = keyOf(topic);
    const entry = this.entries.get(key) ?? this.add(key, topic);
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0) this.drop(key, entry);
    };
  }

  state(topic: Topic): TopicState | null {
    return this.entries.get(keyOf(topic))?.state ?? null;
  }

  onLine(listener: () => void): () => void {
    this.lineListeners.add(listener);
    return () => this.lineListeners.delete(listener);
  }

  private add(key: string, wanted: Topic): Entry {
    const entry: Entry = { wanted, listeners: new Set(), name: null, state: null, refusal: null };
    this.entries.set(key, entry);
    if (this.socket?.readyState === WebSocket.OPEN) this.ask(key, entry);
    else if (!this.socket) this.open();
    return entry;
  }

  private drop(key: string, entry: Entry): void {
    this.entries.delete(key);
    if (entry.name && this.socket?.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify({ type: "unsubscribe", topic: entry.name }));
  }

  private open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.tell("live");
      for (const [key, entry] of this.entries) this.ask(key, entry);
      this.watch();
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      this.watch();
      this.hear(JSON.parse(message.data) as Frame);
    };
    socket.onclose = () => {
      clearTimeout(this.watchdog);
      this.socket = null;
      this.tell("lost");
      const wait = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)];
      this.failures += 1;
      setTimeout(() => this.entries.size > 0 && !this.socket && this.open(), wait);
    };
  }

  private ask(key: string, entry: Entry): void {
    const { state } = entry;
    const request: Subscribe = { type: "subscribe", id: key, ...entry.wanted };
    if (state) request.since = { stream: state.stream, seq: state.seq };
    this.socket?.send(JSON.stringify(request));
  }

  private hear(frame: Frame): void {
    switch (frame.type) {
      case "hello":
        this.heartbeatMs = frame.heartbeat_seconds * 1_000;
        break;
      case "subscribed": {
        const entry = this.entries.get(String(frame.id));
        if (entry) entry.name = frame.topic;
        break;
      }
      case "snapshot":
        this.update(frame.topic, () => fromSnapshot(frame));
        break;
      case "delta":
        this.update(frame.topic, (state) => state && afterDelta(state, frame));
        break;
      case "error": {
        const entry = this.entries.get(String(frame.id));
        if (entry) entry.refusal = frame.detail;
        break;
      }
    }
  }

  private update(name: string, next: (state: TopicState | null) => TopicState | null): void {
    for (const [key, entry] of this.entries) {
      if (entry.name !== name) continue;
      const state = next(entry.state);
      if (state) entry.state = state;
      else this.ask(key, entry); // a frame is missing: the server resends it, or everything
      if (state) for (const listener of entry.listeners) listener();
    }
  }

  /** After two heartbeats without a word the connection is dead, whatever the browser thinks. */
  private watch(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.socket?.close(), 2 * this.heartbeatMs);
  }

  private tell(line: Line): void {
    this.line = line;
    for (const listener of this.lineListeners) listener();
  }
}

const keyOf = (topic: Topic): string =>
  [topic.topic, topic.market ?? "", topic.owner ?? "", topic.pair ?? ""].join("|");
