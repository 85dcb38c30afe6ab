/** One WebSocket for the whole page: topics are shared, a lost connection comes back and goes on where it stood. */

import { type Frame, keyOf, type Request, type Topic, type Topics } from "./frames";
import { afterDelta, fromSnapshot, type TopicState } from "./topic_state";

/** `again`: just lost and tried at once; `lost`: that failed too. */
export type Line = "connecting" | "live" | "again" | "lost";
type Listener = () => void;

const BACK_OFF_MS = [300, 1_000, 2_000, 5_000, 10_000] as const;
const DEFAULT_HEARTBEAT_SECONDS = 15;

interface Entry {
  wanted: Topic;
  listeners: Set<Listener>;
  /** The server's name of it, known from the answer on. */
  name: string | null;
  state: TopicState | null;
  /** Asked for, and not answered yet. */
  isAsked: boolean;
  /** The state is that of now: this connection keeps it up. */
  isFresh: boolean;
}

export class Connection {
  private socket: WebSocket | null = null;
  private readonly entries = new Map<string, Entry>();
  private readonly lineListeners = new Set<Listener>();
  private readonly rollBackListeners = new Set<Listener>();
  private failures = 0;
  private heartbeatMs = DEFAULT_HEARTBEAT_SECONDS * 1_000;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  line: Line = "connecting";

  constructor(private readonly url: string) {}

  /** Listen to a topic until the returned function is called; the connection opens with the first. */
  subscribe(topic: Topic, listener: Listener): Listener {
    const key = keyOf(topic);
    const entry = this.entries.get(key) ?? this.add(key, topic);
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0) this.drop(key, entry);
    };
  }

  /** What is known of a topic, also while the connection is lost. */
  state<Name extends keyof Topics>(topic: Topic<Name>): TopicState<Topics[Name]> | null {
    const state = this.entries.get(keyOf(topic))?.state ?? null;
    return state as TopicState<Topics[Name]> | null; // the schema says what a topic's items are
  }

  /** Whether the state is kept up at this moment. */
  isFresh(topic: Topic): boolean {
    return this.entries.get(keyOf(topic))?.isFresh ?? false;
  }

  onLine(listener: Listener): Listener {
    this.lineListeners.add(listener);
    return () => this.lineListeners.delete(listener);
  }

  /** The chain dropped slots: also what no topic shows may be void. */
  onRollBack(listener: Listener): Listener {
    this.rollBackListeners.add(listener);
    return () => this.rollBackListeners.delete(listener);
  }

  /** Do not wait for the next try: the network is back. */
  wake(): void {
    clearTimeout(this.retry);
    if (this.entries.size > 0 && !this.socket) this.open();
  }

  private add(key: string, wanted: Topic): Entry {
    const entry = { wanted, listeners: new Set<Listener>(), name: null, state: null, isAsked: false, isFresh: false };
    this.entries.set(key, entry);
    if (this.socket?.readyState === WebSocket.OPEN) this.ask(key, entry);
    else if (!this.socket && this.line === "connecting") this.open();
    return entry;
  }

  private drop(key: string, entry: Entry): void {
    this.entries.delete(key);
    if (entry.name) this.send({ type: "unsubscribe", topic: entry.name });
  }

  private open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => {
      for (const [key, entry] of this.entries) this.ask(key, entry);
      this.watch();
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      this.watch();
      this.hear(JSON.parse(message.data) as Frame);
    };
    socket.onclose = () => this.closed();
  }

  private closed(): void {
    clearTimeout(this.watchdog);
    this.socket = null;
    this.tell(this.line === "live" ? "again" : "lost");
    for (const entry of this.entries.values()) {
      entry.isFresh = false;
      entry.isAsked = false;
      announce(entry);
    }
    const wait = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)];
    this.failures += 1;
    this.retry = setTimeout(() => this.wake(), wait);
  }

  private ask(key: string, entry: Entry): void {
    if (entry.isAsked) return;
    entry.isAsked = true;
    const { state } = entry;
    this.send({
      type: "subscribe",
      id: key,
      ...entry.wanted,
      ...(state && { since: { stream: state.stream, seq: state.seq } }),
    });
  }

  private send(request: Request): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(request));
  }

  private hear(frame: Frame): void {
    if (frame.type === "hello") this.heartbeatMs = frame.heartbeat_seconds * 1_000;
    else if (frame.type === "subscribed") this.subscribed(frame.topic, String(frame.id), frame.resumed);
    else if (frame.type === "snapshot") {
      this.update(frame.topic, () => fromSnapshot(frame));
      if (frame.reason === "rolled_back") for (const listener of this.rollBackListeners) listener();
    } else if (frame.type === "delta") this.update(frame.topic, (state) => state && afterDelta(state, frame));
    else if (frame.type === "error") console.warn(`live updates: ${frame.code}: ${frame.detail}`);
  }

  private subscribed(name: string, key: string, isResumed: boolean): void {
    this.failures = 0;
    if (this.line !== "live") this.tell("live");
    const entry = this.entries.get(key);
    if (!entry) {
      this.send({ type: "unsubscribe", topic: name }); // nobody wants it any more
      return;
    }
    entry.name = name;
    entry.isAsked = false;
    if (!isResumed) return; // a snapshot follows
    entry.isFresh = true;
    announce(entry);
  }

  private update(name: string, next: (state: TopicState | null) => TopicState | null): void {
    for (const [key, entry] of this.entries) {
      if (entry.name !== name) continue;
      const state = next(entry.state);
      if (!state) {
        this.ask(key, entry); // a frame is missing: the server resends it, or everything
        continue;
      }
      entry.state = state;
      entry.isFresh = true;
      announce(entry);
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

function announce(entry: Entry): void {
  for (const listener of entry.listeners) listener();
}
