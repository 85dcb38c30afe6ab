import { useState } from "react";
import { useMarkets, usePerps } from "@/api/queries";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { titleOf } from "@/pages/markets/columns";
import { COLUMNS, movesOf } from "./columns";

export function Positions() {
  const [chosen, setChosen] = useState("");
  return (
    <div className="stack">
      <h1>Open positions</h1>
      <p className="soft">
        Every position that a pool stands behind, nearest to liquidation first, and the deficit it would leave if the
        price jumped.
      </p>
      <Loaded query={useMarkets()} what="Markets" rows={1}>
        {({ items }) => {
          const market = chosen || items[0]?.market_id;
          if (!market) return <Notice title="No market on this cluster yet" />;
          return (
            <>
              <label className="field">
                Market
                <select value={market} data-figure="market" onChange={(event) => setChosen(event.target.value)}>
                  {items.map((each) => (
                    <option key={each.market_id} value={each.market_id}>
                      {titleOf(each)}
                    </option>
                  ))}
                </select>
              </label>
              <OfMarket market={market} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function OfMarket({ market }: { market: string }) {
  return (
    <Loaded query={usePerps(market)} what="Positions" rows={6}>
      {({ items }) => (
        <Table
          caption="Open positions"
          rows={items}
          id={({ position }) => position}
          columns={[...COLUMNS, ...movesOf(items[0])]}
          empty={<Notice title="No open position">Nothing could be lost now.</Notice>}
        />
      )}
    </Loaded>
  );
}
