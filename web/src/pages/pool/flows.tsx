import type { Schemas } from "@/api/client";
import { usePoolHistory } from "@/api/queries";
import { Missing, Money } from "@/components/amounts";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { When } from "@/components/when";
import type { Rounded } from "@/format/decimal";
import { Waterfall } from "./waterfall";

type Point = Schemas["PoolPoint"];
const money = (atoms: string, rounded: Rounded = "down") =>
  atoms === "0" ? <Missing why="nothing" /> : <Money atoms={atoms} unit={null} rounded={rounded} />;

/** Inflows and losses by day: the steps from one day's capital to the next's. */
export function Flows({ market }: { market: string }) {
  const query = usePoolHistory(market, "1d");
  return (
    <section className="card" aria-labelledby="flows">
      <h2 id="flows">In and out, by day</h2>
      <Loaded query={query} what="Flows" rows={6}>
        {({ items }) => (
          <>
            {items.length > 0 && <Waterfall points={items} />}
            <Table
              caption="Inflows and losses by day, in USDC"
              rows={[...items].reverse()}
              id={({ start }: Point) => String(start)}
              empty={<Notice title="No day yet">The first deposit starts it.</Notice>}
              columns={[
                { key: "day", name: "Day from", show: ({ start }) => <When seconds={start} /> },
                { key: "in", name: "Deposits", isNumber: true, show: ({ deposited }) => money(deposited) },
                { key: "vested", name: "Premiums", isNumber: true, show: ({ vested }) => money(vested) },
                { key: "claims", name: "Claims paid", isNumber: true, show: ({ claimed }) => money(claimed, "up") },
                { key: "out", name: "Withdrawals", isNumber: true, show: ({ withdrawn }) => money(withdrawn) },
                { key: "revested", name: "Back to vest", isNumber: true, show: ({ revested }) => money(revested) },
                {
                  key: "fee",
                  name: "Performance fee",
                  isNumber: true,
                  show: (point) => money(point.performance_fee, "up"),
                },
                {
                  key: "size",
                  name: "Capital at its end",
                  isNumber: true,
                  show: ({ capital }) => <Money atoms={capital} />,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}
