import { useMemo } from "react";
import { useClaims } from "@/api/claims";
import type { Schemas } from "@/api/client";
import { useCandles } from "@/api/queries";
import type { Mark, Series } from "@/charts/chart";
import { LazyChart } from "@/charts/lazy_chart";
import { Loaded, Notice } from "@/components/states";
import { approximate } from "@/format/approximate";
import { decimal } from "@/format/decimal";
import { USD } from "@/format/scales";

export function PriceChart({ market }: { market: Schemas["Market"] }) {
  const candles = useCandles(market.pair, "15m");
  const claims = useClaims(market.market_id);
  const paid = claims.data?.pages.flatMap(({ items }) => items);
  const series = useMemo<readonly Series[]>(() => {
    const items = candles.data?.items ?? [];
    const data = items.map(({ start, open, high, low, close }) => ({
      time: start,
      open: approximate(open, USD),
      high: approximate(high, USD),
      low: approximate(low, USD),
      close: approximate(close, USD),
    }));
    return [{ kind: "candles", data, marks: marksOf(paid ?? [], items), decimals: 2 }];
  }, [candles.data, paid]);
  if (market.pair === null) return <Notice title="No chart: this service does not know what the price is of" />;
  return (
    <section className="card">
      <h2>Price of {market.pair}</h2>
      <p className="soft">Candles are one epoch (15 minutes) long; arrows mark claims.</p>
      <Loaded query={candles} what="Candles" rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice title="No prices captured yet">They appear as soon as the price server has seen one.</Notice>
          ) : (
            <LazyChart
              name="Price"
              label={`Price of ${market.pair}, now ${decimal(market.price, USD, 2)} USD`}
              series={series}
            />
          )
        }
      </Loaded>
    </section>
  );
}

/** Claims at the candle in which they were paid. */
function marksOf(claims: readonly Schemas["Claim"][], candles: readonly Schemas["CandleRow"][]): Mark[] {
  const starts = candles.map(({ start }) => start);
  return claims
    .flatMap(({ paid_at, payout, sequence }) => {
      const time = paid_at === null ? undefined : starts.findLast((start) => start <= paid_at);
      if (time === undefined) return [];
      return [{ time, text: `claim ${sequence}: ${decimal(payout, USD, 0)} USDC`, tone: "bad" as const }];
    })
    .sort((one, other) => one.time - other.time);
}
