import { useMemo } from "react";
import type { Schemas } from "@/api/client";
import { usePoolHistory } from "@/api/queries";
import type { Series } from "@/charts/chart";
import { LazyChart } from "@/charts/lazy_chart";
import { Loaded, Notice } from "@/components/states";
import { approximate } from "@/format/approximate";
import { decimal } from "@/format/decimal";
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

const cents = (atoms = "0"): string => decimal(atoms, USDC, 2);

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
  const last = points.at(-1);
  return (
    <>
      <h3>Share price</h3>
      <LazyChart
        name="Share price"
        label={`Share price by hour, now ${decimal(last?.share_price ?? "0", SHARE_PRICE, 6)} USDC`}
        series={price}
        height={200}
      />
      <h3>Pool size, and the reserve it has to hold</h3>
      <LazyChart
        name="Size"
        label={`Pool size by hour, now ${cents(last?.tvl)} USDC, and required reserve, now ${cents(last?.required_reserve)} USDC`}
        series={size}
        height={200}
      />
    </>
  );
}
