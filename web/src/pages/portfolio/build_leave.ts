import type { Address } from "@solana/kit";
import { api, document, readStatus, type Schemas } from "@/api/client";
import { expectedCancellation, expectedExecution, expectedRequest } from "@/transactions/expected";
import type { BuiltStep } from "@/transactions/use_signing";

export type Action = "request" | "cancel" | "execute";

interface Whose {
  user: Address;
  market: Address;
  epoch: number;
}

/**
 * The transaction of one step, and what it has to be. All of a position is asked for; a payment is no less than what was
 * shown, where something was.
 */
export async function buildLeave(action: Action, whom: Whose, shown?: BuiltStep): Promise<BuiltStep> {
  const { user, market, epoch } = whom;
  const { cluster: clusterName } = await readStatus();
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
      const least = shown?.found.summary.receives.amount_at_least;
      const bounded = { ...body, ...(least && { min_amount: least }) };
      const found = document(await api.POST("/v1/transactions/execute-withdrawal", { body: bounded }));
      const minAssets = BigInt(least ?? found.summary.receives.amount_at_least ?? "0");
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
