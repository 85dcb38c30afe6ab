/** What holds for every transaction that a person signs here: who signs, what may stand beside, what priority may cost. */

import type { Address } from "@solana/kit";
import { ASSOCIATED_PROGRAM, usdcAccount } from "@/chain/addresses";
import type { Call, Decoded } from "@/chain/decode";

export interface Whose {
  /** Pays the network's fee and is the only one who signs. */
  user: Address;
  clusterName: string;
}

const COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111";
const SET_UNITS = 2;
const SET_PRICE = 3;
const MICRO = 1_000_000n;
/** The most that priority may cost, in lamports: 0.002 SOL. */
export const MOST_PRIORITY = 2_000_000n;

export function signerProblems({ feePayer, signers }: Decoded, user: Address): string[] {
  const found: string[] = [];
  if (feePayer !== user) found.push(`${feePayer} pays the fee instead of you`);
  if (signers.some((signer) => signer !== user)) found.push("it needs a signature other than yours");
  return found;
}

/** Beside the instruction itself: compute budget, and opening one's own USDC account. */
export async function otherProblem(call: Call, { user, clusterName }: Whose): Promise<string | null> {
  if (call.address === COMPUTE_BUDGET && [SET_UNITS, SET_PRICE].includes(call.data[0] ?? -1)) return null;
  if (call.address === ASSOCIATED_PROGRAM) {
    const isOwn = call.accounts["1"] === (await usdcAccount(clusterName, user)) && call.accounts["2"] === user;
    return isOwn ? null : "it opens a token account that is not yours";
  }
  return `it also calls ${call.name ?? "something unknown"} of ${call.program ?? call.address}`;
}

export function priorityProblems(calls: readonly Call[]): string[] {
  const number = (kind: number, bytes: number) => {
    const data = calls.find((call) => call.address === COMPUTE_BUDGET && call.data[0] === kind)?.data;
    return data?.subarray(1, 1 + bytes).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  };
  const price = number(SET_PRICE, 8) ?? 0n;
  const units = number(SET_UNITS, 4) ?? 1_400_000n;
  const lamports = (price * units + MICRO - 1n) / MICRO;
  return lamports > MOST_PRIORITY ? [`its priority fee is ${lamports} lamports, more than ${MOST_PRIORITY}`] : [];
}
