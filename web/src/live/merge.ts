/** A list of the REST API with what has changed since, from the live topic that shows the same bodies. */

import type { TopicState } from "./topic_state";

export function merge<T extends object>(
  items: readonly T[],
  idOf: (item: T) => string,
  live: TopicState | null,
): readonly T[] {
  if (!live) return items;
  return items.map((item) => (live.items[idOf(item)] as T | undefined) ?? item);
}

/** One body, as above. */
export function newest<T extends object>(item: T, key: string, live: TopicState | null): T {
  return (live?.items[key] as T | undefined) ?? item;
}
