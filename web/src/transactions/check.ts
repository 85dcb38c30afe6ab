/**
 * Whether a transaction that the server built is what the person was shown. Decided here, from the bytes alone, before
 * the wallet sees them: each difference is a sentence, and one is enough to refuse.
 */

import { derive, WELL_KNOWN } from "@/chain/addresses";
import { type Call, type Decoded, decodeTransaction } from "@/chain/decode";
import { allowedProblems, type ExpectedAllowed } from "./allowed_check";
import { otherProblem, priorityProblems, signerProblems, type Whose } from "./common_checks";
import type { Expected } from "./expected";

export type Wanted = Expected | ExpectedAllowed;

/** Sentences; none means that it may be signed. */
export async function differences(wire: Uint8Array, expected: Wanted): Promise<string[]> {
  let decoded: Decoded;
  try {
    decoded = decodeTransaction(wire, expected.clusterName);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const others =
    expected.kind === "allowed" ? decoded.calls.filter(({ program }) => program === null) : othersOf(decoded, expected);
  return [
    ...signerProblems(decoded, expected.user),
    ...(expected.kind === "allowed"
      ? await allowedProblems(decoded, expected)
      : await exactProblems(decoded, expected)),
    ...(await besideProblems(others, expected)),
    ...priorityProblems(others),
  ];
}

const isMain = (call: Call, { program, names }: Expected): boolean =>
  call.program === program && names.includes(call.name ?? "");

const othersOf = (decoded: Decoded, expected: Expected): Call[] =>
  decoded.calls.filter((call) => !isMain(call, expected));

async function besideProblems(calls: readonly Call[], whose: Whose): Promise<string[]> {
  return (await Promise.all(calls.map((call) => otherProblem(call, whose)))).filter((each) => each !== null);
}

async function exactProblems(decoded: Decoded, expected: Expected): Promise<string[]> {
  const mains = decoded.calls.filter((call) => isMain(call, expected));
  if (mains.length !== 1)
    return [`it holds ${mains.length} instructions ${expected.names.join(" or ")} instead of one`];
  return (await Promise.all(mains.map((call) => callProblems(call, expected)))).flat();
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
