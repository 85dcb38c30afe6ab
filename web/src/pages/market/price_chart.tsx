import { useMemo } from "react";
import { Link } from "wouter";
import { useCandles } from "@/api/candles";
import { useClaims } from "@/api/claims";
import type { Schemas } from "@/api/client";
import { useEpoch } from "@/api/queries";
import type { Epochs } from "@/charts/epochs";
import { LazyChart } from "@/charts/lazy_chart";
import { Money } from "@/components/amounts";
import { Figure } from "@/components/figure";
import { Loaded, Notice } from "@/components/states";
import { When } from "@/components/when";
import { decimal } from "@/format/decimal";
import { USD } from "@/format/scales";
import { duration } from "@/format/time";
import { priceSeries } from "./price_series";

const LISTED = 5;
const NONE: readonly Schemas["Claim"][] = [];

export function PriceChart({ market }: { market: Schemas["Market"] }) {
  const { query: candles, showEarlier } = useCandles(market.pair);
  const claims = useClaims(market.market_id);
  const epoch = useEpoch().data;
  const paid = useMemo(() => claims.data?.pages.flatMap(({ items }) => items) ?? NONE, [claims.data]);
  const series = useMemo(() => [priceSeries(candles.data?.items ?? [], paid)], [candles.data, paid]);
  const [genesis, seconds] = [epoch?.genesis, epoch?.epoch_seconds];
  const epochs = useMemo<Epochs | undefined>(
    () => (genesis === undefined || seconds === undefined ? undefined : { genesis, seconds }),
    [genesis, seconds],
  );
  if (market.pair === null) return <Notice title="No chart: this service does not know what the price is of" />;
  return (
    <section className="card">
      <h2>Price of {market.pair}</h2>
      <Loaded query={candles} what="Candles" rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice title="No prices captured yet">They appear as soon as the price server has seen one.</Notice>
          ) : (
            <LazyChart
              name="Price"
              label={`Price of ${market.pair}, claims and epochs in words below; now ${decimal(market.price, USD, 2)} USD`}
              series={series}
              epochs={epochs}
              onLeftEdge={showEarlier}
            />
          )
        }
      </Loaded>
      <ul className="legend">
        <li>
          <span className="key epoch" aria-hidden="true" />
          {epoch ? (
            <Figure name="epochs">
              Epochs of {duration(epoch.epoch_seconds)}, numbered, now {epoch.epoch}: each has its score and premium
            </Figure>
          ) : (
            "Epochs"
          )}
        </li>
        <li>
          <span className="key claim" aria-hidden="true" />
          {paid.length === 0 ? "Claims: none so far" : "Claims paid by the pool"}
        </li>
      </ul>
      <Paid claims={paid} />
    </section>
  );
}

/** The newest claims in words: what the arrows of the chart stand for. */
function Paid({ claims }: { claims: readonly Schemas["Claim"][] }) {
  if (claims.length === 0) return null;
  return (
    <ul className="claims" data-figures="claims">
      {claims.slice(0, LISTED).map(({ claim, sequence, paid_at, payout }) => (
        <li key={claim} data-figure={claim}>
          <Link href={`/claims/${claim}`}>Claim {sequence}</Link>{" "}
          <span className="soft">{paid_at === null ? "being paid" : <When seconds={paid_at} />}</span>{" "}
          <Money atoms={payout} places={0} rounded="up" />
        </li>
      ))}
      {claims.length > LISTED && (
        <li data-figure="all">
          <Link href="/claims">All {claims.length} claims</Link>
        </li>
      )}
    </ul>
  );
}
