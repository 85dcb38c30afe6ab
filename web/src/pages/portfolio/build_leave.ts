import type { Address } from "@solana/kit";
import { api, document, type Schemas } from "@/api/client";
import { type Expected, expectedCancellation, expectedExecution, expectedRequest } from "@/transactions/expected";

export type Action = "request" | "cancel" | "execute";

interface Whose {
  clusterName: string;
  user: Address;
  market: Address;
  epoch: number;
}

export interface BuiltStep {
  found: Schemas["BuiltTransaction"];
  expected: Expected;
}

/** The transaction of one step, and what it has to be. All of a position is asked for. */
export async function buildLeave(action: Action, { clusterName, user, market, epoch }: Whose): Promise<BuiltStep> {
  const body = { provider: user, market, entry_epoch: epoch };
  const whose = { clusterName, user, market, entryEpoch: BigInt(epoch) };
  switch (action) {
    case "request": {
      const found = document(await api.POST("/v1/transactions/request-withdrawal", { body }));
      return { found, expected: await expectedRequest({ ...whose, shares: told(found, "shares") }) };
    }
    case "cancel": {
      const found = document(await api.POST("/v1/transactions/cancel-withdrawal", { body }));
      return { found, expected: await expectedCancellation(whose) };
    }
    case "execute": {
      const found = document(await api.POST("/v1/transactions/execute-withdrawal", { body }));
      const minAssets = BigInt(found.summary.receives.amount_at_least ?? "0");
      return { found, expected: await expectedExecution({ ...whose, minAssets }) };
    }
  }
}

/** An argument as the summary shows it. */
function told(built: Schemas["BuiltTransaction"], name: string): bigint {
  const value = built.summary.instructions
    .flatMap(({ arguments: given }) => given)
    .find((each) => each.name === name)?.value;
  if (value === undefined) throw new Error(`the server does not say the ${name}`);
  return BigInt(value);
}
