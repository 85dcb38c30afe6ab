/** Bodies of the REST API with a live topic's items in the place of the same ones from before. Pure. */

import type { Items, TopicState } from "./topic_state";

/** What every body of the REST API has. */
export interface Dated {
  /** As text in answers that were made for other programs. */
  as_of_slot: number | string;
}

/** A body with a topic's state in it, unless the body is the newer one and no slot of it was dropped. */
export function carriedOn<Body extends Dated, Item>(
  body: Body,
  state: TopicState<Item>,
  put: (body: Body, items: Items<Item>) => Body,
  isDropped = false,
): Body {
  if (Number(body.as_of_slot) > state.asOfSlot && !isDropped) return body;
  return { ...put(body, state.items), as_of_slot: state.asOfSlot };
}

/** The same list with newer items; each keeps its place, and what the topic does not have stays. */
export function renewed<Item extends object>(
  list: readonly Item[],
  keyOf: (item: Item) => string,
  live: Items<object>,
): Item[] {
  return list.map((item) => ({ ...item, ...live[keyOf(item)] }));
}

/** The list that the topic has whole: what it lost is gone, what it gained stands at the end. */
export function replaced<Item extends object>(
  list: readonly Item[],
  keyOf: (item: Item) => string,
  live: Items<Item>,
): Item[] {
  const known = new Set(list.map(keyOf));
  const kept = list.filter((item) => live[keyOf(item)] !== undefined);
  const gained = Object.entries(live).flatMap(([key, item]) => (known.has(key) ? [] : [item]));
  return [...renewed(kept, keyOf, live), ...gained];
}

/** Whether something is gone. */
export const hasLost = (before: Items<unknown>, now: Items<unknown>): boolean =>
  Object.keys(before).some((key) => !(key in now));
