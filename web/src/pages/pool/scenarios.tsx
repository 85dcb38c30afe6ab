import { useScenarios } from "@/api/queries";
import { Money, Move, Percent } from "@/components/amounts";
import { Bar } from "@/components/bar";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";

/** What the pool would lose if a known crash came now, computed by the server from the open positions. */
export function Scenarios({ market }: { market: string }) {
  return (
    <section className="card">
      <h2>If a crash came now</h2>
      <Loaded query={useScenarios(market)} what="Loss scenarios" rows={3}>
        {({ items, assumption }) => (
          <>
            <p className="soft">{assumption}</p>
            <Table
              caption="Loss scenarios"
              rows={items}
              id={({ name }) => name}
              empty={<Notice title="No open position: nothing could be lost now" />}
              columns={[
                { key: "title", name: "Scenario", show: ({ title }) => title },
                {
                  key: "move",
                  name: "Price moves",
                  isNumber: true,
                  show: ({ move_bps }) => <Move bps={move_bps} />,
                },
                { key: "liquidated", name: "Liquidated", isNumber: true, show: ({ liquidated }) => liquidated },
                {
                  key: "deficit",
                  name: "Deficit",
                  isNumber: true,
                  show: ({ deficit }) => <Money atoms={deficit} places={0} rounded="up" />,
                },
                {
                  key: "payout",
                  name: "Paid by the pool",
                  isNumber: true,
                  show: ({ payout }) => <Money atoms={payout} places={0} rounded="up" />,
                },
                {
                  key: "loss",
                  name: "Providers lose",
                  isNumber: true,
                  show: ({ loss_bps }) => (
                    <span className="measure">
                      <Bar part={loss_bps / 10_000} tone="bad" />
                      <Percent bps={loss_bps} />
                    </span>
                  ),
                },
                {
                  key: "uncovered",
                  name: "Uncovered",
                  isNumber: true,
                  show: ({ uncovered }) => <Money atoms={uncovered} places={0} rounded="up" />,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}
