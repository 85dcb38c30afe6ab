/**
 * Transactions that may hold several instructions of a list: cranks, and the steps that make a market. None may take
 * more of what is the user's than was agreed, and what they pay for a crank goes to the user.
 */

import { usdcAccount } from "@/chain/addresses";
import type { Call, Decoded } from "@/chain/decode";
import type { Program } from "@/chain/facts";
import type { Whose } from "./common_checks";

type Names = Readonly<Partial<Record<Program, readonly string[]>>>;

export interface ExpectedAllowed extends Whose {
  kind: "allowed";
  allowed: Names;
  /** Instruction -> the most that it may take from the user's USDC account, atoms. */
  pays: Readonly<Record<string, bigint>>;
  /** Arguments that have to be these wherever an instruction has them. */
  args: Readonly<Record<string, bigint>>;
}

/** Open to everybody; what they pay goes to the one who signs, or to whom the chain says. */
export const CRANKS: Names = {
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

/** What makes a market and puts its creator's money into it. */
export const CREATION: Names = {
  risk_engine: [
    "open_market",
    "open_score",
    "open_inputs",
    "open_window",
    "push_terms_premium",
    "push_terms_pool",
    "push_terms_handler",
    "sync_market",
  ],
  premium_manager: ["open_premium", "open_escrow"],
  insurance_pool: ["open_pool", "open_vault", "fund_first_loss"],
  insolvency_handler: ["open_registry"],
  demo_market: ["create_market", "open_vault", "open_fee_vault", "register", "fund_house", "fund_insurance"],
};

/** Where an instruction pays the one who cranks. */
const PAID_INTO = ["keeper_token"];
/** Roles in which the user's own USDC account may stand without an agreed amount: it only receives there. */
const RECEIVES = [...PAID_INTO, "destination"];

export async function allowedProblems(decoded: Decoded, expected: ExpectedAllowed): Promise<string[]> {
  const own = await usdcAccount(expected.clusterName, expected.user);
  const calls = decoded.calls.filter(({ program }) => program !== null);
  const found = calls.length === 0 ? ["it does nothing"] : [];
  for (const call of calls) {
    if (!call.program || !expected.allowed[call.program]?.includes(call.name ?? ""))
      found.push(`it calls ${call.name ?? "something unknown"}, which does not belong here`);
    found.push(...moneyProblems(call, own, expected), ...argumentProblems(call, expected));
  }
  return found;
}

function moneyProblems(call: Call, own: string, { pays }: ExpectedAllowed): string[] {
  const found: string[] = [];
  const most = pays[call.name ?? ""] ?? 0n;
  const amount = typeof call.args.amount === "bigint" ? call.args.amount : null;
  for (const [role, address] of Object.entries(call.accounts)) {
    if (PAID_INTO.includes(role) && address !== own) found.push(`${call.name} pays ${address} instead of you`);
    const isTaken = address === own && !RECEIVES.includes(role);
    if (isTaken && (amount === null || amount > most))
      found.push(`${call.name} takes ${amount ?? "an unknown amount"} from your USDC account instead of ${most}`);
  }
  return found;
}

function argumentProblems(call: Call, { args }: ExpectedAllowed): string[] {
  return Object.entries(args)
    .filter(([name, value]) => name in call.args && call.args[name] !== value)
    .map(([name, value]) => `${name} is ${call.args[name]} instead of ${value}`);
}
