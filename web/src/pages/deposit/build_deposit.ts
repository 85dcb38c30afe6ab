import type { Address } from "@solana/kit";
import { api, document, readStatus } from "@/api/client";
import { expectedDeposit } from "@/transactions/expected";
import type { BuiltStep } from "@/transactions/use_signing";
import { depositEpoch } from "./entry_epoch";

interface Deposit {
  user: Address;
  market: Address;
  /** Atoms. */
  amount: string;
  /** Deposit although a known deficit will take a part of it at once. */
  isDeficitAccepted: boolean;
  /** The fewest shares, as they were shown; left out, the server allows for a small change of price. */
  minShares?: string;
}

export async function buildDeposit({
  user,
  market,
  amount,
  isDeficitAccepted,
  minShares,
}: Deposit): Promise<BuiltStep> {
  const { cluster, epoch } = await readStatus();
  const body = {
    provider: user,
    market,
    amount,
    accept_pending_deficit: isDeficitAccepted,
    ...(minShares !== undefined && { min_shares: minShares }),
  };
  const found = document(await api.POST("/v1/transactions/deposit", { body }));
  const least = minShares ?? found.summary.receives.shares_at_least ?? "0";
  const expected = await expectedDeposit({
    clusterName: cluster,
    user,
    market,
    amount: BigInt(amount),
    minShares: BigInt(least),
    entryEpoch: await depositEpoch(found, epoch ?? 0, cluster, market, user),
  });
  return { found, expected };
}
