/** Everything of one provider, with what the live topic has of it. Pure. */

import type { Topics } from "@/live/frames";
import { renewed } from "@/live/merge";
import type { Items } from "@/live/topic_state";
import type { Schemas } from "./client";

type Position = Schemas["Position"];
type Item = Topics["position"];
const keyOf = ({ position }: Position) => `provider:${position}`;
const isProvided = (item: Item): item is Position => "entry_epoch" in item;

/** The newest first, as the API lists them. */
const compare = (one: Position, other: Position): number =>
  other.entry_epoch - one.entry_epoch || (one.position < other.position ? -1 : 1);

/** A position that the topic does not have stays: it is closed, which the API tells. */
export function putPortfolio(body: Schemas["Portfolio"], live: Items<Item>): Schemas["Portfolio"] {
  const known = new Set(body.items.map(keyOf));
  const gained = Object.values(live).filter((item) => isProvided(item) && !known.has(keyOf(item))) as Position[];
  return {
    ...body,
    ...live[`portfolio:${body.provider}`],
    items: [...renewed(body.items, keyOf, live), ...gained].sort(compare),
  };
}
