import { useEpoch, usePrices, useStatus } from "@/api/queries";
import { Missing, Money } from "@/components/amounts";
import { Stat } from "@/components/stat";
import { Loaded, Notice, Place } from "@/components/states";
import { Table } from "@/components/table";
import { Countdown, When } from "@/components/when";
import { duration } from "@/format/time";
import { useLine } from "@/live/use_live";
import { titleOf } from "@/pages/markets/columns";
import { ExplorerLink } from "@/transactions/explorer_link";
import { Alerts } from "./alerts";

const LINES = {
  connecting: "connecting",
  live: "live",
  again: "lost, trying again",
  lost: "lost, trying again",
} as const;

export function System() {
  const line = useLine();
  return (
    <div className="stack">
      <h1>Status</h1>
      <Loaded query={useStatus()} what="Status" rows={6}>
        {(status) => (
          <>
            <dl className="grid stats card">
              <Stat name="Cluster">{status.cluster}</Stat>
              <Stat name="Chain’s time">
                <When seconds={status.now} />
              </Stat>
              <Stat name="Epoch">
                {status.epoch === null ? <Missing why="not started" /> : <Epoch number={status.epoch} />}
              </Stat>
              <Stat name="Newest indexed transaction">
                {status.index.age === null ? <Missing why="none yet" /> : `${duration(status.index.age)} ago`}
              </Stat>
              <Stat name="Keepers’ last score">
                {status.keepers.age === null ? <Missing why="none yet" /> : `${duration(status.keepers.age)} ago`}
              </Stat>
              <Stat name="Live updates">{LINES[line]}</Stat>
            </dl>
            <h2>Markets’ prices</h2>
            <Table
              caption="Prices on chain"
              rows={status.prices}
              id={({ market_id }) => market_id}
              empty={<Notice title="No market yet" />}
              columns={[
                { key: "market", name: "Market", show: titleOf },
                {
                  key: "fresh",
                  name: "Price",
                  show: ({ fresh }) => (
                    <span className="badge" data-tone={fresh ? "good" : "bad"}>
                      {fresh ? "fresh" : "stale"}
                    </span>
                  ),
                },
                { key: "age", name: "Age", isNumber: true, show: ({ age }) => duration(age) },
                {
                  key: "synced",
                  name: "Market told",
                  isNumber: true,
                  show: ({ synced_age }) => `${duration(synced_age)} ago`,
                },
                { key: "feed", name: "Feed", show: ({ feed }) => <ExplorerLink address={feed} /> },
              ]}
            />
            <h2>Programs</h2>
            <Table
              caption="Programs"
              rows={status.programs}
              id={({ name }) => name}
              empty={<Notice title="No program known" />}
              columns={[
                { key: "name", name: "Program", show: ({ name }) => name.replaceAll("_", " ") },
                { key: "id", name: "Address", show: ({ program_id }) => <ExplorerLink address={program_id} /> },
              ]}
            />
          </>
        )}
      </Loaded>
      <Alerts />
      <h2>Price sources</h2>
      <Loaded query={usePrices()} what="Price sources" rows={2}>
        {({ sources }) => (
          <Table
            caption="Price sources"
            rows={sources}
            id={({ pair, source }) => `${pair} ${source}`}
            empty={<Notice title="No source has been asked yet" />}
            columns={[
              { key: "pair", name: "Pair", show: ({ pair }) => pair },
              { key: "source", name: "Source", show: ({ source, in_use }) => `${source}${in_use ? " (in use)" : ""}` },
              {
                key: "state",
                name: "State",
                show: ({ state, last_error }) => (last_error ? `${state}: ${last_error}` : state),
              },
              {
                key: "price",
                name: "Price",
                isNumber: true,
                show: ({ price }) => (price === null ? <Missing why="none" /> : <Money atoms={price} unit="USD" />),
              },
            ]}
          />
        )}
      </Loaded>
    </div>
  );
}

function Epoch({ number }: { number: number }) {
  const epoch = useEpoch().data;
  return (
    <>
      {epoch?.epoch ?? number}
      <span className="unit">
        {" "}
        ends {epoch ? <Countdown seconds={epoch.end} done="now" /> : <Place>in 10 min</Place>}
      </span>
    </>
  );
}
