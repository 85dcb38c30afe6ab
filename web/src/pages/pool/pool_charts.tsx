import { useMemo } from "react";
import type { Schemas } from "@/api/client";
import { usePoolHistory } from "@/api/queries";
import type { Series } from "@/charts/chart";
import { LazyChart } from "@/charts/lazy_chart";
import { Loaded, Notice } from "@/components/states";
import { approximate } from "@/format/approximate";
import { SHARE_PRICE, USDC } from "@/format/scales";
import { Flows } from "./flows";

export function PoolCharts({ market }: { market: string }) {
  const query = usePoolHistory(market, "1h");
  return (
    <section className="card">
      <h2>Over time</h2>
      <Loaded query={query} what="Pool history" rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice title="No history yet">The first deposit starts it.</Notice>
          ) : (
            <Drawn points={items} />
          )
        }
      </Loaded>
      <Flows market={market} />
    </section>
  );
}

function Drawn({ points }: { points: readonly Schemas["PoolPoint"][] }) {
  const price = useMemo<readonly Series[]>(
    () => [
      {
        kind: "area",
        decimals: 6,
        data: points.map(({ start, share_price }) => ({ time: start, value: approximate(share_price, SHARE_PRICE) })),
      },
    ],
    [points],
  );
  const size = useMemo<readonly Series[]>(
    () => [
      {
        kind: "area",
        decimals: 0,
        data: points.map(({ start, tvl }) => ({ time: start, value: approximate(tvl, USDC) })),
      },
      {
        kind: "line",
        decimals: 0,
        data: points.map(({ start, required_reserve }) => ({
          time: start,
          value: approximate(required_reserve, USDC),
        })),
      },
    ],
    [points],
  );
  return (
    <>
      <h3>Share price</h3>
      <LazyChart name="Share price" label="Share price by hour" series={price} height={200} />
      <h3>Pool size, and the reserve it has to hold</h3>
      <LazyChart name="Size" label="Pool size and required reserve by hour" series={size} height={200} />
    </>
  );
}
