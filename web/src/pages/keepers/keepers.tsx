import { useKeepers } from "@/api/queries";
import { Missing, Money } from "@/components/amounts";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { Ago } from "@/components/when";
import { ExplorerLink } from "@/transactions/explorer_link";
import { CrankNow } from "./crank_now";

export function Keepers() {
  return (
    <div className="stack">
      <h1>Keepers</h1>
      <p className="soft">
        Anyone with a key may do what is due: write scores, route premiums, liquidate, report and release claims. The
        programs pay for it.
      </p>
      <Loaded query={useKeepers()} what="Keepers" rows={4}>
        {({ items }) => (
          <Table
            caption="Keepers and their earnings"
            rows={items}
            id={({ keeper }) => keeper}
            empty={<Notice title="Nobody has cranked yet">Be the first: see below.</Notice>}
            first={{ key: "earned", descending: true }}
            columns={[
              { key: "keeper", name: "Keeper", show: ({ keeper }) => <ExplorerLink address={keeper} /> },
              {
                key: "cranks",
                name: "Cranks",
                isNumber: true,
                by: ({ cranks }) => cranks,
                show: ({ cranks }) => cranks,
              },
              {
                key: "bounties",
                name: "Bounties",
                isNumber: true,
                by: ({ bounties }) => BigInt(bounties),
                show: ({ bounties }) => <Money atoms={bounties} />,
              },
              {
                key: "fees",
                name: "Claim fees",
                isNumber: true,
                by: ({ claim_fees }) => BigInt(claim_fees),
                show: ({ claim_fees }) => <Money atoms={claim_fees} />,
              },
              {
                key: "liquidations",
                name: "Liquidations",
                isNumber: true,
                by: ({ liquidations }) => BigInt(liquidations),
                show: ({ liquidations }) => <Money atoms={liquidations} />,
              },
              {
                key: "earned",
                name: "Earned",
                isNumber: true,
                by: ({ earned }) => BigInt(earned),
                show: ({ earned }) => <Money atoms={earned} />,
              },
              {
                key: "last",
                name: "Last",
                isNumber: true,
                by: ({ last_at }) => last_at,
                show: ({ last_at }) => (last_at === null ? <Missing why="no time given" /> : <Ago seconds={last_at} />),
              },
            ]}
          />
        )}
      </Loaded>
      <CrankNow />
    </div>
  );
}
