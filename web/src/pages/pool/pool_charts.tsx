import { useMemo } from "react";
import type { Schemas } from "@/api/client";
import { usePoolHistory } from "@/api/queries";
import { LazyChart } from "@/charts/lazy_chart";
import type { Series } from "@/charts/series";
import { Loaded, Notice } from "@/components/states";
import { approximate } from "@/format/approximate";
import { decimal } from "@/format/decimal";
import { SHARE_PRICE, USDC } from "@/format/scales";

type Points = readonly Schemas["PoolPoint"][];

export function PoolCharts({ market }: { market: string }) {
  const query = usePoolHistory(market, "1h");
  return (
    <div className="grid pair">
      <section className="card" aria-labelledby="share-price">
        <h2 id="share-price">Share price</h2>
        <p className="soft">
          Premiums that have vested lift it, claims lower it. Deposits and withdrawals don’t move it.
        </p>
        <Loaded query={query} what="Pool history" rows={4}>
          {({ items }) => (items.length === 0 ? <NoHistory /> : <SharePrice points={items} />)}
        </Loaded>
      </section>
      <section className="card" aria-labelledby="reserve">
        <h2 id="reserve">Reserve against requirement</h2>
        <p className="soft">
          What can pay claims, and how much of it the open positions need by their risk. Utilisation is the one over the
          other.
        </p>
        <Loaded query={query} what="Pool history" rows={4}>
          {({ items }) => (items.length === 0 ? <NoHistory /> : <Reserve points={items} />)}
        </Loaded>
      </section>
    </div>
  );
}

const cents = (atoms = "0"): string => decimal(atoms, USDC, 2);

const NoHistory = () => <Notice title="No history yet">The first deposit starts it.</Notice>;

function SharePrice({ points }: { points: Points }) {
  const series = useMemo<readonly Series[]>(
    () => [
      {
        kind: "area",
        decimals: 4,
        data: points.map(({ start, share_price }) => ({ time: start, value: approximate(share_price, SHARE_PRICE) })),
      },
    ],
    [points],
  );
  return (
    <LazyChart
      name="Share price"
      label={`Share price by hour, now ${decimal(points.at(-1)?.share_price ?? "0", SHARE_PRICE, 6)} USDC`}
      series={series}
      height={200}
    />
  );
}

function Reserve({ points }: { points: Points }) {
  const series = useMemo<readonly Series[]>(
    () => [
      {
        kind: "area",
        decimals: 0,
        data: points.map(({ start, tvl }) => ({ time: start, value: approximate(tvl, USDC) })),
      },
      {
        kind: "line",
        decimals: 0,
        tone: "warn",
        data: points.map(({ start, required_reserve }) => ({
          time: start,
          value: approximate(required_reserve, USDC),
        })),
      },
    ],
    [points],
  );
  const last = points.at(-1);
  return (
    <>
      <LazyChart
        name="Size"
        label={`What can pay claims by hour, now ${cents(last?.tvl)} USDC, and required reserve, now ${cents(last?.required_reserve)} USDC`}
        series={series}
        height={200}
      />
      <ul className="legend">
        <li>
          <span className="key line" aria-hidden="true" />
          Can pay claims
        </li>
        <li>
          <span className="key line" data-tone="warn" aria-hidden="true" />
          Required reserve
        </li>
      </ul>
    </>
  );
}
