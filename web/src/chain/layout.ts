/** Flat Borsh data as the programs lay it out: integers little-endian, keys of 32 bytes. Amounts stay whole (BigInt). */

import { getBase58Decoder } from "@solana/kit";

export type Value = bigint | boolean | string;
export type Fields = readonly (readonly [name: string, type: string])[];

/** Bytes of each type of a fixed size. */
export const BYTES: Readonly<Record<string, number>> = {
  bool: 1,
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  i64: 8,
  u128: 16,
  i128: 16,
  publicKey: 32,
};
const keys = getBase58Decoder();

/** The fields from `offset` on; throws when the data is too short or a type has no fixed size. */
export function readFields(fields: Fields, data: Uint8Array, offset = 0): Record<string, Value> {
  const values: Record<string, Value> = {};
  let at = offset;
  for (const [name, type] of fields) {
    const size = BYTES[type];
    if (size === undefined) throw new Error(`${name} has the type ${type}, which has no fixed size`);
    if (at + size > data.length) throw new Error(`the data ends before ${name}`);
    values[name] = readValue(type, data.subarray(at, at + size));
    at += size;
  }
  return values;
}

function readValue(type: string, bytes: Uint8Array): Value {
  if (type === "publicKey") return keys.decode(bytes);
  if (type === "bool") return bytes[0] !== 0;
  let number = 0n;
  for (let index = bytes.length - 1; index >= 0; index--) number = (number << 8n) | BigInt(bytes[index] ?? 0);
  return type.startsWith("i") ? BigInt.asIntN(bytes.length * 8, number) : number;
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
