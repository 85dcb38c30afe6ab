import type { Schemas } from "@/api/client";
import { usePoolHistory } from "@/api/queries";
import { Missing, Money } from "@/components/amounts";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { When } from "@/components/when";
import { FlowChart } from "./flow_chart";

type Point = Schemas["PoolPoint"];
const money = (atoms: string) => (atoms === "0" ? <Missing why="nothing" /> : <Money atoms={atoms} />);

/** Inflows and losses by day: the steps of a waterfall from one day's size to the next's. */
export function Flows({ market }: { market: string }) {
  const query = usePoolHistory(market, "1d");
  return (
    <>
      <h3>In and out, by day</h3>
      <Loaded query={query} what="Flows" rows={3}>
        {({ items }) => (
          <>
            {items.length > 1 && <FlowChart points={items} />}
            <Table
              caption="Inflows and losses by day"
              rows={[...items].reverse()}
              id={({ start }: Point) => String(start)}
              empty={<Notice title="No day yet" />}
              columns={[
                { key: "day", name: "Day from", show: ({ start }) => <When seconds={start} /> },
                { key: "in", name: "Deposits", isNumber: true, show: ({ deposited }) => money(deposited) },
                { key: "vested", name: "Premiums", isNumber: true, show: ({ vested }) => money(vested) },
                {
                  key: "fee",
                  name: "Performance fee",
                  isNumber: true,
                  show: ({ performance_fee }) => money(performance_fee),
                },
                { key: "claims", name: "Claims paid", isNumber: true, show: ({ claimed }) => money(claimed) },
                { key: "out", name: "Withdrawals", isNumber: true, show: ({ withdrawn }) => money(withdrawn) },
                { key: "size", name: "Size at its end", isNumber: true, show: ({ tvl }) => <Money atoms={tvl} /> },
              ]}
            />
          </>
        )}
      </Loaded>
    </>
  );
}
