/** Cranks: any of the instructions that are open to everybody, as long as none can take what is the user's. */

import { usdcAccount } from "@/chain/addresses";
import type { Decoded } from "@/chain/decode";
import type { Program } from "@/chain/facts";
import type { Whose } from "./common_checks";

export interface ExpectedCrank extends Whose {
  kind: "crank";
}

/** Open to everybody; what they pay goes to the one who signs, or to whom the chain says. */
const OPEN: Readonly<Record<Program, readonly string[]>> = {
  risk_engine: ["sync_market", "update_score", "apply_change"],
  premium_manager: ["route_premiums", "report_arrears"],
  insurance_pool: [
    "report_reserve",
    "release_funds",
    "report_offset",
    "force_resolution",
    "flag_exit",
    "execute_withdrawal",
  ],
  insolvency_handler: ["open_claim", "collect_claim_fee"],
  demo_market: ["execute_liquidation", "report", "push_statistics", "settle_fees", "sweep_fees", "vest_profit"],
};
/** Where an instruction pays the one who cranks. */
const PAID_INTO = ["keeper_token"];
/** Roles in which the user's own USDC account may stand: it only receives there. */
const RECEIVES = [...PAID_INTO, "destination"];

export async function crankProblems(decoded: Decoded, { user, clusterName }: ExpectedCrank): Promise<string[]> {
  const own = await usdcAccount(clusterName, user);
  const calls = decoded.calls.filter(({ program }) => program !== null);
  const found = calls.length === 0 ? ["it does nothing"] : [];
  for (const { program, name, accounts } of calls) {
    if (!program || !OPEN[program].includes(name ?? ""))
      found.push(`it calls ${name ?? "something unknown"}, which is no crank`);
    for (const [role, address] of Object.entries(accounts)) {
      if (PAID_INTO.includes(role) && address !== own) found.push(`${name} pays ${address} instead of you`);
      if (address === own && !RECEIVES.includes(role)) found.push(`${name} may take from your USDC account`);
    }
  }
  return found;
}
