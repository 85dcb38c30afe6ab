import type { Address } from "@solana/kit";
import type { Schemas } from "@/api/client";
import { derive } from "@/chain/addresses";

const AROUND = 2n;

/**
 * The epoch that names the position a deposit goes to: near the present one, and leading to the address that the
 * transaction writes to. Throws when there is none: the deposit would go somewhere else.
 */
export async function depositEpoch(
  built: Schemas["BuiltTransaction"],
  epoch: number,
  clusterName: string,
  market: Address,
  user: Address,
): Promise<bigint> {
  const positions = built.summary.instructions.flatMap(({ accounts }) =>
    accounts.filter(({ name }) => name === "position").map(({ address }) => address),
  );
  for (let each = BigInt(epoch) - AROUND; each <= BigInt(epoch) + AROUND; each++) {
    if (positions.includes(await derive(clusterName, "insurance_pool", "position", market, user, each))) return each;
  }
  throw new Error("the built deposit goes to a position that is not yours of this epoch: nothing was signed");
}
