import type { Address } from "@solana/kit";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { Problem } from "@/api/problem";
import { usePool } from "@/api/queries";
import { Failed, Loaded, Loading, Notice } from "@/components/states";
import { atomsOf } from "@/format/decimal";
import { USDC } from "@/format/scales";
import { titleOf } from "@/pages/markets/columns";
import { Disclaimer } from "@/shell/disclaimer";
import { Review } from "@/transactions/review";
import { SignButton } from "@/transactions/sign_button";
import { TestMoney } from "@/wallet/test_money";
import { useWallet } from "@/wallet/wallet_context";
import { buildDeposit } from "./build_deposit";
import { DeficitChoice } from "./deficit_choice";

const PENDING_DEFICIT = "PENDING_DEFICIT";

export function Deposit({ params: { market } }: { params: { market: string } }) {
  const pool = usePool(market);
  return (
    <div className="stack narrow">
      <p>
        <Link href={`/markets/${market}/pool`}>← The pool</Link>
      </p>
      <Loaded query={pool} what="Pool" rows={4}>
        {(detail) => (
          <>
            <h1 data-figure="title">Deposit into {titleOf(detail.pool)}</h1>
            <Notice tone="warn" title="You can lose all of it">
              <Disclaimer />
            </Notice>
            <DepositForm market={market} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function DepositForm({ market }: { market: string }) {
  const [typed, setTyped] = useState("");
  const [isDeficitAccepted, setDeficitAccepted] = useState(false);
  const { connected } = useWallet();
  const provider = connected?.account.address;
  const amount = atomsOf(useDeferredValue(typed), USDC);
  const isAsked = amount !== null && amount !== "0" && provider !== undefined;
  const built = useQuery({
    queryKey: ["build", "deposit", market, provider, amount, isDeficitAccepted],
    enabled: isAsked,
    staleTime: 0,
    refetchInterval: 10_000, // share price, blockhash and epoch do not last
    queryFn: () =>
      buildDeposit({ user: provider as Address, market: market as Address, amount: amount ?? "0", isDeficitAccepted }),
  });
  const isDeficitKnown = built.error instanceof Problem && built.error.code === PENDING_DEFICIT;
  return (
    <form className="stack" onSubmit={(event) => event.preventDefault()}>
      <label className="field">
        Amount in USDC
        <input
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          placeholder="100"
          data-figure="typed"
          aria-invalid={typed !== "" && amount === null}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {typed !== "" && amount === null && (
        <Notice tone="warn" title="That is no amount">
          Give digits with at most six places after the point, such as 250.5.
        </Notice>
      )}
      {!connected && (
        <Notice title="Connect a wallet to see what you get">The button is at the top of the page.</Notice>
      )}
      <TestMoney />
      {isAsked && built.isPending && <Loading what="the deposit" rows={5} />}
      {isAsked && built.isError && !built.data && !isDeficitKnown && <Failed what="This deposit" error={built.error} />}
      {isAsked && (isDeficitKnown || isDeficitAccepted) && (
        <DeficitChoice error={built.error} isAccepted={isDeficitAccepted} onChange={setDeficitAccepted} />
      )}
      {isAsked && built.data && <Review built={built.data.found} />}
      <SignButton
        shown={built.data}
        rebuild={({ found }) =>
          buildDeposit({
            user: provider as Address,
            market: market as Address,
            amount: amount ?? "0",
            isDeficitAccepted,
            minShares: found.summary.receives.shares_at_least ?? "0",
          })
        }
      >
        Deposit
      </SignButton>
    </form>
  );
}
