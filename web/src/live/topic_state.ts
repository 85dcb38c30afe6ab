/** What a topic's frames add up to: a snapshot, then deltas in order. Pure, so that it can be tested without a socket. */

import type { Delta, Item, Snapshot } from "./frames";

export interface TopicState {
  stream: string;
  seq: number;
  asOfSlot: number;
  items: Readonly<Record<string, Item>>;
}

export function fromSnapshot(frame: Snapshot): TopicState {
  return { stream: frame.stream, seq: frame.seq, asOfSlot: frame.as_of_slot, items: frame.items };
}

/** The next state; null when a frame is missing, so that the topic has to be asked for again. */
export function afterDelta(state: TopicState, frame: Delta): TopicState | null {
  if (frame.stream !== state.stream) return null;
  if (frame.seq <= state.seq) return state; // already known
  if (frame.seq !== state.seq + 1) return null;
  const items = { ...state.items };
  for (const change of frame.changes) {
    if (change.gone) delete items[change.key];
    else if (change.item) items[change.key] = change.item;
    else items[change.key] = { ...items[change.key], ...change.set };
  }
  return { ...state, seq: frame.seq, asOfSlot: frame.as_of_slot, items };
}
