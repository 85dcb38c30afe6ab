import { Link } from "wouter";
import type { Schemas } from "@/api/client";
import { Missing, Money, Percent } from "@/components/amounts";
import { Grade } from "@/components/grade";
import { MarketPrice } from "@/components/market_price";
import { Stat } from "@/components/stat";
import { Notice } from "@/components/states";
import { Ago } from "@/components/when";
import { YieldFigure } from "@/components/yield";
import { percent } from "@/format/decimal";
import { titleOf } from "@/pages/markets/columns";

export function MarketHead({ detail }: { detail: Schemas["MarketDetail"] }) {
  const { market } = detail;
  const base = `/markets/${market.market_id}`;
  return (
    <>
      <div className="head">
        <h1 data-figure="title">
          {titleOf(market)} <Grade grade={market.grade} />
        </h1>
        <p className="row">
          <Link href={`${base}/pool`} className="button">
            The pool
          </Link>
          <Link href={`${base}/deposit`} className="button primary">
            Deposit
          </Link>
        </p>
      </div>
      {market.restricted && (
        <Notice tone="warn" title="Restricted: orders may only reduce positions">
          {detail.restriction.map((sentence, at) => (
            <p key={sentence} data-figure={`restriction/${at}`}>
              {sentence}
            </p>
          ))}
        </Notice>
      )}
      <dl className="grid stats card">
        <Stat name={market.price_provisional ? "Price, to be confirmed" : "Price"}>
          <MarketPrice price={market.price} pair={market.pair} />
        </Stat>
        <Stat name="Pool">
          <Money atoms={market.pool_size} />
        </Stat>
        <Stat name={`Utilisation, cap ${percent(market.utilisation_cap_bps)}`} figure="Utilisation">
          <Percent bps={market.utilisation_bps} />
        </Stat>
        <Stat name="Net APY, realised">
          <YieldFigure of={market.net_apy} />
        </Stat>
        <Stat name="Premium rate, of trading fees">
          <Percent bps={market.premium_rate_bps} />
        </Stat>
        <Stat name="Last claim">
          {market.last_claim?.paid_at ? <Ago seconds={market.last_claim.paid_at} /> : <Missing why="no claim yet" />}
        </Stat>
      </dl>
    </>
  );
}
