/** What a transaction has to be for each thing that a person can ask for, from what they saw and from the programs. */

import type { Address } from "@solana/kit";
import { derive, usdcAccount } from "@/chain/addresses";
import type { Program } from "@/chain/facts";
import type { Value } from "@/chain/layout";
import type { Whose } from "./common_checks";

export interface Expected extends Whose {
  kind: "exact";
  program: Program;
  /** One of these instructions, exactly once. */
  names: readonly string[];
  /** Those that the instruction has. */
  args: Readonly<Record<string, Value>>;
  accounts: Readonly<Record<string, Address>>;
}

interface Where {
  clusterName: string;
  user: Address;
  market: Address;
}

interface Deposit extends Where {
  amount: bigint;
  minShares: bigint;
  entryEpoch: bigint;
}

/** A first deposit of an epoch, or one that joins it: the same money in the same places. */
export async function expectedDeposit(deposit: Deposit): Promise<Expected> {
  const { clusterName, user, market, amount, minShares, entryEpoch } = deposit;
  return {
    kind: "exact",
    user,
    clusterName,
    program: "insurance_pool",
    names: ["deposit", "top_up"],
    args: { amount, min_shares: minShares, entry_epoch: entryEpoch },
    accounts: {
      provider: user,
      pool: await derive(clusterName, "insurance_pool", "pool", market),
      vault: await derive(clusterName, "insurance_pool", "vault", market),
      source: await usdcAccount(clusterName, user),
      position: await derive(clusterName, "insurance_pool", "position", market, user, entryEpoch),
    },
  };
}

interface OfPosition extends Where {
  entryEpoch: bigint;
}

export async function expectedRequest(request: OfPosition & { shares: bigint }): Promise<Expected> {
  return { ...(await ofPosition(request, "request_withdrawal")), args: { shares: request.shares } };
}

export async function expectedCancellation(request: OfPosition): Promise<Expected> {
  return ofPosition(request, "cancel_withdrawal");
}

/** The payment of one's own request, to one's own account. */
export async function expectedExecution(request: OfPosition & { minAssets: bigint }): Promise<Expected> {
  const { clusterName, user, market, minAssets } = request;
  const { provider: caller = user, ...accounts } = (await ofPosition(request, "execute_withdrawal")).accounts;
  return {
    kind: "exact",
    user,
    clusterName,
    program: "insurance_pool",
    names: ["execute_withdrawal"],
    args: { min_assets: minAssets },
    accounts: {
      ...accounts,
      caller,
      vault: await derive(clusterName, "insurance_pool", "vault", market),
      destination: await usdcAccount(clusterName, user),
    },
  };
}

async function ofPosition(request: OfPosition, name: string): Promise<Expected> {
  const { clusterName, user, market, entryEpoch } = request;
  return {
    kind: "exact",
    user,
    clusterName,
    program: "insurance_pool",
    names: [name],
    args: {},
    accounts: {
      provider: user,
      pool: await derive(clusterName, "insurance_pool", "pool", market),
      position: await derive(clusterName, "insurance_pool", "position", market, user, entryEpoch),
    },
  };
}
