import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { useMarkets } from "@/api/queries";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { COLUMNS, isMatch } from "./columns";

export function Markets() {
  const [words, setWords] = useState("");
  const wanted = useDeferredValue(words);
  return (
    <div className="stack">
      <div className="head">
        <h1>Markets</h1>
        <label className="search">
          <span className="visually-hidden">Search by name, pair or address</span>
          <input
            type="search"
            placeholder="Name, pair or address"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
      </div>
      <Loaded query={useMarkets()} what="Markets" rows={6}>
        {({ items }) => (
          <>
            <Table
              caption="Markets with price, risk and pool"
              columns={COLUMNS}
              rows={items.filter((market) => isMatch(market, wanted))}
              id={(market) => market.market_id}
              first={{ key: "pool", descending: true }}
              empty={
                wanted ? (
                  <Notice title={`No market matches “${wanted}”`}>Clear the search to see all {items.length}.</Notice>
                ) : (
                  <Notice title="No market on this cluster yet">
                    <Link href="/create">Create the first one.</Link>
                  </Notice>
                )
              }
            />
            {items.some(({ score_provisional }) => score_provisional) && (
              <p className="soft">* provisional: too few samples for a factor yet, so it counts as at its worst.</p>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}
