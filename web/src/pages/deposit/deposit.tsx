import type { Address } from "@solana/kit";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { api, document, readStatus } from "@/api/client";
import { usePool } from "@/api/queries";
import { Failed, Loaded, Loading, Notice } from "@/components/states";
import { atomsOf } from "@/format/decimal";
import { titleOf } from "@/pages/markets/columns";
import { Disclaimer } from "@/shell/disclaimer";
import { expectedDeposit } from "@/transactions/expected";
import { Review } from "@/transactions/review";
import { SignButton } from "@/transactions/sign_button";
import { TestMoney } from "@/wallet/test_money";
import { useWallet } from "@/wallet/wallet_context";
import { depositEpoch } from "./entry_epoch";

const USDC = 6;

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
            <h1>Deposit into {titleOf(detail.pool)}</h1>
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
  const { connected } = useWallet();
  const provider = connected?.account.address;
  const amount = atomsOf(useDeferredValue(typed), USDC);
  const isAsked = amount !== null && amount !== "0" && provider !== undefined;
  const built = useQuery({
    queryKey: ["build", "deposit", market, provider, amount],
    enabled: isAsked,
    staleTime: 0,
    refetchInterval: 20_000, // its blockhash and its epoch do not last
    queryFn: async () => {
      const { cluster, epoch } = await readStatus();
      const [user, where] = [provider as Address, market as Address];
      const body = { provider: user, market, amount: amount ?? "" };
      const found = document(await api.POST("/v1/transactions/deposit", { body }));
      const expected = await expectedDeposit({
        clusterName: cluster,
        user,
        market: where,
        amount: BigInt(amount ?? "0"),
        minShares: BigInt(found.summary.receives.shares_at_least ?? "0"),
        entryEpoch: await depositEpoch(found, epoch ?? 0, cluster, where, user),
      });
      return { found, expected };
    },
  });
  return (
    <form className="stack" onSubmit={(event) => event.preventDefault()}>
      <label className="field">
        Amount in USDC
        <input
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          placeholder="100"
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
      {isAsked && built.isError && !built.data && <Failed what="This deposit" error={built.error} />}
      {isAsked && built.data && <Review built={built.data.found} />}
      <SignButton built={built.data?.found} expected={built.data?.expected}>
        Deposit
      </SignButton>
    </form>
  );
}
