import { Link } from "wouter";
import { usePool } from "@/api/queries";
import { Money } from "@/components/amounts";
import { Stat } from "@/components/stat";
import { Loaded, Notice } from "@/components/states";
import { decimal } from "@/format/decimal";
import { SHARE_PRICE } from "@/format/scales";
import { titleOf } from "@/pages/markets/columns";
import { Bargain } from "./bargain";
import { Flows } from "./flows";
import { PoolCharts } from "./pool_charts";
import { Scenarios } from "./scenarios";
import { TermsCard } from "./terms_card";

export function Pool({ params: { market } }: { params: { market: string } }) {
  return (
    <div className="stack">
      <p>
        <Link href={`/markets/${market}`}>← The market</Link>
      </p>
      <Loaded query={usePool(market)} what="Pool" rows={8}>
        {({ pool, terms, figures, figures_reason }) => (
          <>
            <div className="head">
              <h1 data-figure="title">Pool of {titleOf(pool)}</h1>
              <Link href={`/markets/${market}/deposit`} className="button primary">
                Deposit
              </Link>
            </div>
            {!pool.withdrawals_open && (
              <Notice tone="warn" title="Withdrawals wait at present">
                A deficit is unsettled, the score is stale, or utilisation is at its cap.
              </Notice>
            )}
            <Bargain pool={pool} terms={terms} figures={figures} />
            <dl className="grid stats card">
              <Stat name="Providers’ capital">
                <Money atoms={pool.size} />
              </Stat>
              <Stat name="Share price">
                <span className="number">
                  {decimal(pool.share_price, SHARE_PRICE, 6)} <span className="unit">USDC</span>
                </span>
              </Stat>
              <Stat name="Required reserve">
                <Money atoms={pool.required_reserve} />
              </Stat>
              <Stat name="Providers">{pool.providers}</Stat>
            </dl>
            {figures_reason && <p className="soft">{figures_reason}</p>}
            <PoolCharts market={market} />
            <Flows market={market} />
            <Scenarios market={market} />
            <TermsCard terms={terms} />
          </>
        )}
      </Loaded>
    </div>
  );
}
