/** Program-derived addresses, computed here so that a server can't name others. */

import { type Address, getAddressEncoder, getProgramDerivedAddress } from "@solana/kit";
import { cluster, FACTS, type Program } from "./facts";

const encoder = getAddressEncoder();
export const TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA" as Address;
export const SYSTEM_PROGRAM = "11111111111111111111111111111111" as Address;
/** Accounts that every instruction calls by the same name. */
export const WELL_KNOWN: Readonly<Record<string, Address>> = {
  clock: "SysvarC1ock11111111111111111111111111111111" as Address,
  rent: "SysvarRent111111111111111111111111111111111" as Address,
  system_program: SYSTEM_PROGRAM,
  token_program: TOKEN_PROGRAM,
};
export const ASSOCIATED_PROGRAM = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL" as Address;

/** The address of `program`'s seeds named so; keys are addresses, numbers unsigned integers of 64 bits. */
export async function derive(
  clusterName: string,
  program: Program,
  name: string,
  ...parts: readonly (Address | bigint)[]
): Promise<Address> {
  const template = FACTS.seeds[program][name];
  if (!template || template.length !== parts.length + 1)
    throw new Error(`${program} has no seeds ${name} of ${parts.length} parts`);
  const [found] = await getProgramDerivedAddress({
    programAddress: cluster(clusterName).programs[program],
    seeds: [template[0] ?? "", ...parts.map(bytesOf)],
  });
  return found;
}

/** The account in which `owner` keeps the cluster's USDC. */
export async function usdcAccount(clusterName: string, owner: Address): Promise<Address> {
  const [found] = await getProgramDerivedAddress({
    programAddress: ASSOCIATED_PROGRAM,
    seeds: [owner, TOKEN_PROGRAM, cluster(clusterName).mint].map((key) => encoder.encode(key)),
  });
  return found;
}

function bytesOf(part: Address | bigint): Uint8Array {
  if (typeof part === "string") return new Uint8Array(encoder.encode(part));
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, part, true);
  return bytes;
}
