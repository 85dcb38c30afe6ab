/** Pools and positions straight from a node, for when the API does not answer. Raw ledger numbers, no arithmetic. */

import { cluster, FACTS } from "@/chain/facts";
import { BYTES, type Fields, readFields, type Value } from "@/chain/layout";

const HEAD = 8;

export interface Account {
  address: string;
  fields: Record<string, Value>;
}

export interface Reading {
  slot: number;
  accounts: readonly Account[];
}

interface Answer {
  result?: {
    context: { slot: number };
    value: readonly { pubkey: string; account: { data: readonly [string, string] } }[];
  };
  error?: { message: string };
}

/** Every pool of the cluster. */
export const readPools = (rpc: string, clusterName: string): Promise<Reading> =>
  readAll(rpc, clusterName, "InsurancePool", {});

/** Every position of one provider. */
export const readPositions = (rpc: string, clusterName: string, provider: string): Promise<Reading> =>
  readAll(rpc, clusterName, "ProviderPosition", { provider });

async function readAll(
  rpc: string,
  clusterName: string,
  kind: "InsurancePool" | "ProviderPosition",
  where: Readonly<Record<string, string>>,
): Promise<Reading> {
  const layout = FACTS.accounts.insurance_pool?.[kind];
  if (!layout) throw new Error(`this page does not know the layout of ${kind}`);
  const filters = [
    { memcmp: { offset: 0, bytes: btoa(String.fromCharCode(...bytesOf(layout.discriminator))), encoding: "base64" } },
    ...Object.entries(where).map(([name, key]) => ({
      memcmp: { offset: HEAD + offsetOf(layout.fields, name), bytes: key },
    })),
  ];
  const answer = await fetch(rpc, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "getProgramAccounts",
      params: [
        cluster(clusterName).programs.insurance_pool,
        { commitment: "confirmed", encoding: "base64", withContext: true, filters },
      ],
    }),
  });
  const { result, error } = (await answer.json()) as Answer;
  if (!result) throw new Error(error?.message ?? `the node answers ${answer.status}`);
  return {
    slot: result.context.slot,
    accounts: result.value.map(({ pubkey, account }) => ({
      address: pubkey,
      fields: readFields(
        layout.fields,
        Uint8Array.from(atob(account.data[0]), (letter) => letter.charCodeAt(0)),
        HEAD,
      ),
    })),
  };
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Where a field begins after the discriminator. */
export function offsetOf(fields: Fields, wanted: string): number {
  let at = 0;
  for (const [name, type] of fields) {
    if (name === wanted) return at;
    at += BYTES[type] ?? Number.NaN;
  }
  throw new Error(`there is no field ${wanted}`);
}
