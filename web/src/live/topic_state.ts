/** What a topic's frames add up to: a snapshot, then deltas in order. Pure, so that it can be tested without a socket. */

import type { Delta, Snapshot } from "./frames";

export type Items<Item> = Readonly<Record<string, Item>>;

export interface TopicState<Item = unknown> {
  stream: string;
  seq: number;
  asOfSlot: number;
  /** The chain has just dropped slots: what was shown until now did not happen, however new it was. */
  isRolledBack: boolean;
  items: Items<Item>;
}

export function fromSnapshot(frame: Snapshot): TopicState {
  const { stream, seq, items } = frame;
  return { stream, seq, asOfSlot: frame.as_of_slot, isRolledBack: frame.reason === "rolled_back", items };
}

/** The next state; null when a frame is missing, so that the topic has to be asked for again. */
export function afterDelta(state: TopicState, frame: Delta): TopicState | null {
  if (frame.stream !== state.stream) return null;
  if (frame.seq <= state.seq) return state; // already known
  if (frame.seq !== state.seq + 1) return null;
  const items: Record<string, unknown> = { ...state.items };
  for (const { key, set, item, gone } of frame.changes) {
    if (gone) delete items[key];
    else items[key] = item ?? { ...(items[key] as object | undefined), ...set };
  }
  return { ...state, seq: frame.seq, asOfSlot: frame.as_of_slot, isRolledBack: false, items };
}
