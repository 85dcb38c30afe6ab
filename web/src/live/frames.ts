/** The messages of `/v1/ws`, as docs/live.md has them. */

export type Item = Record<string, unknown>;

export interface Topic {
  topic: "market" | "pool" | "risk" | "claims" | "position" | "epoch" | "price" | "status";
  market?: string;
  owner?: string;
  pair?: string;
}

export interface Subscribe extends Topic {
  type: "subscribe";
  id: string;
  since?: { stream: string; seq: number };
}

export interface Change {
  key: string;
  set?: Item;
  item?: Item;
  gone?: boolean;
}

export interface Snapshot {
  type: "snapshot";
  topic: string;
  stream: string;
  seq: number;
  reason: string;
  as_of_slot: number;
  decimals: number;
  items: Record<string, Item>;
}

export interface Delta {
  type: "delta";
  topic: string;
  stream: string;
  seq: number;
  as_of_slot: number;
  changes: readonly Change[];
}

export type Frame =
  | { type: "hello"; protocol: number; heartbeat_seconds: number }
  | { type: "subscribed"; topic: string; resumed: boolean; id: string | number | null }
  | { type: "unsubscribed"; topic: string }
  | Snapshot
  | Delta
  | { type: "heartbeat"; as_of_slot: number }
  | { type: "pong" }
  | { type: "error"; code: string; detail: string; id: string | number | null };

/** As this page can speak it. */
export const PROTOCOL = 1;
