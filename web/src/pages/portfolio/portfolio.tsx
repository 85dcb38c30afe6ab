import { useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "@/api/client";
import { usePortfolio } from "@/api/queries";
import { Missing, Money } from "@/components/amounts";
import { Stat } from "@/components/stat";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { Countdown, When } from "@/components/when";
import { titleOf } from "@/pages/markets/columns";
import { TestMoney } from "@/wallet/test_money";
import { useWallet } from "@/wallet/wallet_context";
import { Leave } from "./leave";

type Position = Schemas["Position"];

export function Portfolio() {
  const { connected } = useWallet();
  const provider = connected?.account.address ?? null;
  const query = usePortfolio(provider);
  return (
    <div className="stack">
      <h1>Portfolio</h1>
      {provider === null ? (
        <Notice title="Connect a wallet to see your positions">The button is at the top of the page.</Notice>
      ) : (
        <Loaded query={query} what="Your positions" rows={4}>
          {(portfolio) => (
            <>
              <dl className="grid stats card">
                <Stat name="Worth now">
                  <Money atoms={portfolio.value} />
                </Stat>
                <Stat name="Paid in">
                  <Money atoms={portfolio.paid_in} rounded="up" />
                </Stat>
                <Stat name="Paid out">
                  <Money atoms={portfolio.paid_out} />
                </Stat>
                <Stat name="Earnings, net of losses and fees">
                  <Money atoms={portfolio.earnings} />
                </Stat>
              </dl>
              <Positions positions={portfolio.items} />
              <div className="row">
                {portfolio.items.length > 0 && (
                  <a className="button" href={`/v1/providers/${provider}/history.csv`} download>
                    Everything as CSV
                  </a>
                )}
                <TestMoney />
              </div>
            </>
          )}
        </Loaded>
      )}
    </div>
  );
}

function Positions({ positions }: { positions: readonly Position[] }) {
  const [leaving, setLeaving] = useState<string | null>(null);
  const chosen = positions.find(({ position }) => position === leaving);
  return (
    <>
      <Table
        caption="Your positions"
        rows={positions}
        id={({ position }) => position}
        empty={
          <Notice title="No position yet">
            <Link href="/markets">Choose a market to insure.</Link>
          </Notice>
        }
        first={{ key: "value", descending: true }}
        columns={[
          {
            key: "market",
            name: "Pool",
            show: (position) => <Link href={`/markets/${position.market_id}/pool`}>{titleOf(position)}</Link>,
          },
          {
            key: "since",
            name: "Since",
            by: ({ entered_at }) => entered_at,
            show: ({ entered_at }) => <When seconds={entered_at} />,
          },
          {
            key: "value",
            name: "Worth",
            isNumber: true,
            by: ({ value }) => BigInt(value),
            show: ({ value }) => <Money atoms={value} />,
          },
          {
            key: "earnings",
            name: "Earnings",
            isNumber: true,
            by: ({ earnings }) => BigInt(earnings),
            show: ({ earnings }) => <Money atoms={earnings} />,
          },
          {
            key: "lock",
            name: "Lock ends",
            by: ({ unlocks_at }) => unlocks_at,
            show: ({ unlocks_at, closed }) =>
              closed ? <Missing why="closed" /> : <Countdown seconds={unlocks_at} done="over" />,
          },
          { key: "state", name: "Withdrawal", show: (position) => <State position={position} /> },
          {
            key: "leave",
            name: "",
            show: ({ position, closed }) =>
              closed ? null : (
                <button
                  type="button"
                  className="button"
                  onClick={() => setLeaving(position === leaving ? null : position)}
                >
                  {position === leaving ? "Close" : "Withdraw"}
                </button>
              ),
          },
        ]}
      />
      {chosen && <Leave key={chosen.position} position={chosen} />}
    </>
  );
}

function State({ position: { closed, wiped, request } }: { position: Position }) {
  if (wiped)
    return (
      <span className="badge" data-tone="bad">
        lost in a wipe-out
      </span>
    );
  if (closed) return "closed";
  if (!request) return <Missing why="none requested" />;
  return request.payable ? (
    <span className="badge" data-tone="good">
      payable
    </span>
  ) : (
    <>
      payable <Countdown seconds={request.payable_at} done="now" />
    </>
  );
}
