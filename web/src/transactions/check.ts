/**
 * Whether a transaction that the server built is what the person was shown. Decided here, from the bytes alone, before
 * the wallet sees them: each difference is a sentence, and one is enough to refuse.
 */

import type { Address } from "@solana/kit";
import { ASSOCIATED_PROGRAM, derive, usdcAccount, WELL_KNOWN } from "@/chain/addresses";
import { type Call, type Decoded, decodeTransaction } from "@/chain/decode";
import type { Expected } from "./expected";

const COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111";
const SET_UNITS = 2;
const SET_PRICE = 3;
const MICRO = 1_000_000n;
/** The most that priority may cost, in lamports: 0.002 SOL. */
export const MOST_PRIORITY = 2_000_000n;

/** Sentences; none means that it may be signed. */
export async function differences(wire: Uint8Array, expected: Expected): Promise<string[]> {
  let decoded: Decoded;
  try {
    decoded = decodeTransaction(wire, expected.clusterName);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const isMain = (call: Call) => call.program === expected.program && expected.names.includes(call.name ?? "");
  const mains = decoded.calls.filter(isMain);
  const others = decoded.calls.filter((call) => !isMain(call));
  return [
    ...signerProblems(decoded, expected.user),
    ...(mains.length === 1
      ? []
      : [`it holds ${mains.length} instructions ${expected.names.join(" or ")} instead of one`]),
    ...(await Promise.all(mains.map((call) => callProblems(call, expected)))).flat(),
    ...(await Promise.all(others.map((call) => otherProblem(call, expected)))).filter((each) => each !== null),
    ...priorityProblems(others),
  ];
}

function signerProblems({ feePayer, signers }: Decoded, user: Address): string[] {
  const found: string[] = [];
  if (feePayer !== user) found.push(`${feePayer} pays the fee instead of you`);
  if (signers.some((signer) => signer !== user)) found.push("it needs a signature other than yours");
  return found;
}

async function callProblems(call: Call, expected: Expected): Promise<string[]> {
  const config = await derive(expected.clusterName, expected.program, "config");
  const known = Object.entries({ ...WELL_KNOWN, config }).filter(([name]) => name in call.accounts);
  const args = Object.entries(expected.args)
    .filter(([name, value]) => name in call.args && call.args[name] !== value)
    .map(([name, value]) => `${name} is ${call.args[name]} instead of ${value}`);
  const accounts = [...known, ...Object.entries(expected.accounts)]
    .filter(([name, address]) => call.accounts[name] !== address)
    .map(([name, address]) => `${name} is ${call.accounts[name] ?? "missing"} instead of ${address}`);
  return [...args, ...accounts];
}

/** Beside the instruction itself: compute budget, and opening one's own USDC account. */
async function otherProblem(call: Call, { user, clusterName }: Expected): Promise<string | null> {
  if (call.address === COMPUTE_BUDGET && [SET_UNITS, SET_PRICE].includes(call.data[0] ?? -1)) return null;
  if (call.address === ASSOCIATED_PROGRAM) {
    const isOwn = call.accounts["1"] === (await usdcAccount(clusterName, user)) && call.accounts["2"] === user;
    return isOwn ? null : "it opens a token account that is not yours";
  }
  return `it also calls ${call.name ?? "something unknown"} of ${call.program ?? call.address}`;
}

function priorityProblems(calls: readonly Call[]): string[] {
  const number = (kind: number, bytes: number) => {
    const data = calls.find((call) => call.address === COMPUTE_BUDGET && call.data[0] === kind)?.data;
    return data?.subarray(1, 1 + bytes).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  };
  const price = number(SET_PRICE, 8) ?? 0n;
  const units = number(SET_UNITS, 4) ?? 1_400_000n;
  const lamports = (price * units + MICRO - 1n) / MICRO;
  return lamports > MOST_PRIORITY ? [`its priority fee is ${lamports} lamports, more than ${MOST_PRIORITY}`] : [];
}
