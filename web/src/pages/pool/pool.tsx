import { Link } from "wouter";
import { usePool } from "@/api/queries";
import { Money, Percent } from "@/components/amounts";
import { Meter } from "@/components/meter";
import { Stat } from "@/components/stat";
import { Loaded, Notice } from "@/components/states";
import { YieldFigure } from "@/components/yield";
import { decimal, percent } from "@/format/decimal";
import { SHARE_PRICE } from "@/format/scales";
import { titleOf } from "@/pages/markets/columns";
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
            <dl className="grid stats card">
              <Stat name="Providers’ capital">
                <Money atoms={pool.size} />
              </Stat>
              <Stat name="Share price, USDC">
                <span className="number">{decimal(pool.share_price, SHARE_PRICE, 6)}</span>
              </Stat>
              <Stat name="Withdrawable now">
                <Money atoms={pool.withdrawable} />
              </Stat>
              <Stat name="Required reserve">
                <Money atoms={pool.required_reserve} />
              </Stat>
              <Stat name={`Utilisation, cap ${percent(pool.utilisation_cap_bps)}`} figure="Utilisation">
                <Percent bps={pool.utilisation_bps} />{" "}
                <Meter value={pool.utilisation_bps} cap={pool.utilisation_cap_bps} label="Utilisation" />
              </Stat>
              <Stat name="Creator’s first-loss stake">
                <Money atoms={pool.first_loss} />
              </Stat>
              <Stat name="Providers">{pool.providers}</Stat>
              {(figures?.yields ?? []).map((each) => (
                <Stat key={each.days} name={`Net APY, realised over ${each.days} d`} figure={`Net APY/${each.days}`}>
                  <YieldFigure of={each} />
                </Stat>
              ))}
            </dl>
            {figures_reason && <p className="soft">{figures_reason}</p>}
            <PoolCharts market={market} />
            <Scenarios market={market} />
            <TermsCard terms={terms} />
          </>
        )}
      </Loaded>
    </div>
  );
}
