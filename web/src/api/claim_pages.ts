/** Pages of claims with what the live topic has of them. Pure. */

import { renewed } from "@/live/merge";
import type { Items } from "@/live/topic_state";
import type { Schemas } from "./client";

type Claim = Schemas["Claim"];
type Claims = Schemas["Claims"];
const idOf = ({ claim }: Claim) => claim;

/** Whether a claim stands above another: the last opened first, as the API lists them. */
const compare = (one: Claim, other: Claim): number =>
  other.opened_at - one.opened_at ||
  other.sequence - one.sequence ||
  (one.claim < other.claim ? 1 : one.claim > other.claim ? -1 : 0);

/** The first page with what the topic has, also claims that are new. Those that are older than it are on later pages. */
export function putFirst(page: Claims, live: Items<Claim>): Claims {
  const known = new Set(page.items.map(idOf));
  const last = page.next === null ? undefined : page.items.at(-1);
  const gained = Object.values(live).filter((each) => !known.has(each.claim) && (!last || compare(each, last) < 0));
  return { ...page, items: [...renewed(page.items, idOf, live), ...gained].sort(compare) };
}

/** Another page: its claims as they are now. */
export const putLater = (page: Claims, live: Items<Claim>): Claims => ({
  ...page,
  items: renewed(page.items, idOf, live),
});
