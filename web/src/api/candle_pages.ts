/** Candles as they come by pages: the newest again and again, older ones when they are asked for. Pure. */

import type { Schemas } from "./client";

type Candles = Schemas["Candles"];

/** The newest page with what is known of the time before it; nothing of it where a hole would be between. */
export function withKnown(newest: Candles, known: Candles | undefined): Candles {
  const first = newest.items[0];
  if (!known || !first) return newest;
  const before = known.items.filter(({ start }) => start < first.start);
  const last = before.at(-1);
  return last && last.start + newest.seconds === first.start
    ? { ...newest, items: [...before, ...newest.items] }
    : newest;
}

/** What is known, with a page of the time before it. */
export const withEarlier = (known: Candles, earlier: Candles): Candles => ({
  ...known,
  items: [...earlier.items, ...known.items],
});
