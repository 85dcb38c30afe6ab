/** Short names for `generated/frames.ts`, which is made from the protocol's schema (docs/live.md). */

import type { components } from "./generated/frames";

type Schemas = components["schemas"];

export type Frame = Schemas["Server"];
export type Request = Schemas["Client"];
export type Snapshot = Schemas["Snapshot"];
export type Delta = Schemas["Delta"];
export type Change = Schemas["Change"];
/** What the items of each topic are. */
export type Topics = Schemas["Topics"];

/** A topic with the parameters that narrow it. */
export interface Topic<Name extends keyof Topics = keyof Topics> {
  topic: Name;
  market?: string;
  owner?: string;
  pair?: string;
}

/** One name for one topic. */
export const keyOf = (topic: Topic): string =>
  [topic.topic, topic.market ?? "", topic.owner ?? "", topic.pair ?? ""].join("|");
