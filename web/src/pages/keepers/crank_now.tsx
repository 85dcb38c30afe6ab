import { useState } from "react";
import type { Schemas } from "@/api/client";
import { useCranks, useMarkets } from "@/api/queries";
import { Missing, Money } from "@/components/amounts";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { titleOf } from "@/pages/markets/columns";
import { TestMoney } from "@/wallet/test_money";
import { useWallet } from "@/wallet/wallet_context";
import { CrankJob } from "./crank_job";

/** What is due in a market, and a button for it. */
export function CrankNow() {
  const [market, setMarket] = useState("");
  return (
    <section className="card" aria-labelledby="crank">
      <h2 id="crank">Crank now</h2>
      <Loaded query={useMarkets()} what="Markets" rows={1}>
        {({ items }) => (
          <label className="field">
            Market
            <select value={market} data-figure="market" onChange={(event) => setMarket(event.target.value)}>
              <option value="">choose one</option>
              {items.map((each) => (
                <option key={each.market_id} value={each.market_id}>
                  {titleOf(each)}
                </option>
              ))}
            </select>
          </label>
        )}
      </Loaded>
      <TestMoney />
      {market && <Due market={market} />}
    </section>
  );
}

function Due({ market }: { market: string }) {
  const { connected } = useWallet();
  const payer = connected?.account.address;
  const [chosen, setChosen] = useState<Schemas["DueJob"] | null>(null);
  return (
    <>
      <Loaded query={useCranks(market, payer)} what="What is due" rows={2}>
        {({ items }) => (
          <Table
            caption="What is due"
            rows={items}
            id={({ key }) => key}
            empty={<Notice title="Nothing is due now">A score is due in each epoch; keepers are quick.</Notice>}
            columns={[
              { key: "title", name: "Duty", show: ({ title }) => title },
              {
                key: "pays",
                name: "Pays",
                isNumber: true,
                show: ({ pays }) =>
                  pays === null ? <Missing why="connect a wallet to see" /> : <Money atoms={pays} />,
              },
              {
                key: "costs",
                name: "Costs",
                isNumber: true,
                show: ({ costs }) =>
                  costs === null ? (
                    <Missing why="connect a wallet to see" />
                  ) : (
                    <Money atoms={costs} decimals={9} places={6} unit="SOL" rounded="up" />
                  ),
              },
              {
                key: "do",
                name: "",
                show: (job) => (
                  <button
                    type="button"
                    className="button"
                    disabled={!payer || job.possible === false}
                    title={job.advice ?? undefined}
                    onClick={() => setChosen(job)}
                  >
                    Do it
                  </button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {chosen && payer && <CrankJob key={chosen.key} market={market} job={chosen} payer={payer} onTake={setChosen} />}
    </>
  );
}
