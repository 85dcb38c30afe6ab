import { useFees } from "@/api/queries";
import { Missing } from "@/components/amounts";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { percent } from "@/format/decimal";

const range = (low: number | null, high: number | null): string =>
  low === null || high === null ? "" : low === high ? percent(low) : `${percent(low)} to ${percent(high)}`;

export function Fees() {
  return (
    <div className="stack">
      <h1>Fees</h1>
      <p className="soft">Every fee that exists, who pays it to whom, and how far it can go.</p>
      <Loaded query={useFees()} what="Fees" rows={8}>
        {({ items }) => (
          <Table
            caption="Fees"
            rows={items}
            id={({ name }) => name}
            empty={<Notice title="No fee listed" />}
            columns={[
              { key: "title", name: "Fee", show: ({ title }) => title },
              { key: "payer", name: "Paid by", show: ({ payer }) => payer },
              { key: "receiver", name: "Goes to", show: ({ receiver }) => receiver },
              {
                key: "range",
                name: "How much",
                isNumber: true,
                show: ({ low_bps, high_bps }) => range(low_bps, high_bps) || <Missing why="no percentage" />,
              },
              { key: "of", name: "Of", show: ({ of }) => of },
              { key: "bound", name: "Bound", show: ({ bound }) => bound },
            ]}
          />
        )}
      </Loaded>
    </div>
  );
}
