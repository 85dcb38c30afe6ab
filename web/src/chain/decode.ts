/** A built transaction, read without the server's help: who pays, which instructions, with which accounts and amounts. */

import {
  type Address,
  decompileTransactionMessage,
  getCompiledTransactionMessageDecoder,
  getTransactionDecoder,
  type Instruction,
} from "@solana/kit";
import { cluster, FACTS, type InstructionFacts, PROGRAMS, type Program } from "./facts";
import { hex, readFields, type Value } from "./layout";

export interface Call {
  /** One of our programs; null for any other, which `address` names. */
  program: Program | null;
  address: Address;
  /** Snake case; null where program or instruction is unknown. */
  name: string | null;
  args: Record<string, Value>;
  /** By name where the instruction is known, otherwise by number. */
  accounts: Record<string, Address>;
  data: Uint8Array;
}

export interface Decoded {
  feePayer: Address;
  signers: readonly Address[];
  calls: readonly Call[];
}

const HEAD = 8;

/** Throws for what is no transaction, or one whose accounts come from a lookup table, which nothing of ours uses. */
export function decodeTransaction(wire: Uint8Array, clusterName: string): Decoded {
  const { messageBytes } = getTransactionDecoder().decode(wire);
  const compiled = getCompiledTransactionMessageDecoder().decode(messageBytes);
  if ("addressTableLookups" in compiled && compiled.addressTableLookups?.length)
    throw new Error("the transaction takes accounts from a lookup table, so it can't be shown in full");
  const message = decompileTransactionMessage(compiled);
  const signers = compiled.staticAccounts.slice(0, compiled.header.numSignerAccounts);
  return {
    feePayer: message.feePayer.address,
    signers,
    calls: (message.instructions as readonly Instruction[]).map((instruction) => readCall(instruction, clusterName)),
  };
}

function readCall(instruction: Instruction, clusterName: string): Call {
  const address = instruction.programAddress;
  const data = new Uint8Array(instruction.data ?? []);
  const keys = (instruction.accounts ?? []).map((account) => account.address);
  const ids = cluster(clusterName).programs;
  const program = PROGRAMS.find((name) => ids[name] === address) ?? null;
  const head = hex(data.subarray(0, HEAD));
  const known = program && Object.entries(FACTS.instructions[program]).find(([, each]) => each.discriminator === head);
  if (!known) return { program, address, name: null, args: {}, accounts: named(null, keys), data };
  const [name, facts] = known;
  return { program, address, name, args: readFields(facts.args, data, HEAD), accounts: named(facts, keys), data };
}

function named(facts: InstructionFacts | null, keys: readonly Address[]): Record<string, Address> {
  return Object.fromEntries(keys.map((key, index) => [facts?.accounts[index] ?? String(index), key]));
}
