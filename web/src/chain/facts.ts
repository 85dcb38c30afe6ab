/** Program ids, seeds and layouts, made from the sources of the programs; never told by a server. */

import type { Address } from "@solana/kit";
import made from "./generated/facts.json";
import type { Fields } from "./layout";

export type Program = keyof typeof made.instructions;
export interface InstructionFacts {
  discriminator: string;
  args: Fields;
  accounts: readonly string[];
}
interface Cluster {
  programs: Record<Program, Address>;
  mint: Address;
}
interface Facts {
  clusters: Record<string, Cluster>;
  seeds: Record<Program, Record<string, readonly string[]>>;
  instructions: Record<Program, Record<string, InstructionFacts>>;
  accounts: Record<string, Record<string, { discriminator: string; fields: Fields }>>;
}

export const FACTS = made as unknown as Facts;
export const PROGRAMS = Object.keys(made.instructions) as readonly Program[];

/** What stands on a cluster; throws for one that this page was not built for. */
export function cluster(name: string): Cluster {
  const found = FACTS.clusters[name];
  if (!found) throw new Error(`this page knows no cluster ${name}: it may be older than the deployment`);
  return found;
}
