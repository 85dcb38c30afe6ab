import { useQuery } from "@tanstack/react-query";
import { Missing, Money } from "@/components/amounts";
import { Figure } from "@/components/figure";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { lastNode, type Node } from "@/fallback/last_node";
import { type Account, readPools, readPositions } from "@/fallback/reader";
import { shortAddress } from "@/format/address";
import { decimal } from "@/format/decimal";
import { useWallet } from "@/wallet/wallet_context";

const POLL_MS = 10_000;
const SHARES = 6;
const text = (account: Account, field: string): string => String(account.fields[field] ?? "");

/** Ledger numbers straight from a Solana node, for when the server is silent. */
export function Direct() {
  const node = lastNode();
  return (
    <div className="stack">
      <h1>Straight from the chain</h1>
      {node ? (
        <>
          <p className="soft">
            Read from <Figure name="node">{new URL(node.rpc).host}</Figure> without this service: ledger numbers as the
            programs keep them. What has vested since the last transaction, fees and dates need the service.
          </p>
          <Pools node={node} />
          <Own node={node} />
        </>
      ) : (
        <Notice tone="warn" title="This browser has never heard of a node">
          Open any page while the service answers; it is remembered then.
        </Notice>
      )}
    </div>
  );
}

function Pools({ node }: { node: Node }) {
  const query = useQuery({
    queryKey: ["direct", "pools", node],
    queryFn: () => readPools(node.rpc, node.cluster),
    refetchInterval: POLL_MS,
  });
  return (
    <section className="card">
      <h2>Pools</h2>
      <Loaded query={query} what="Pools" rows={3}>
        {({ accounts, slot }) => (
          <>
            <p className="soft">
              <Figure name="slot">At slot {slot}.</Figure>
            </p>
            <Table
              caption="Pools on chain"
              rows={accounts}
              id={({ address }) => address}
              empty={<Notice title="No pool on this chain" />}
              columns={[
                {
                  key: "market",
                  name: "Market",
                  show: (pool) => (
                    <span className="mono" title={text(pool, "market_id")}>
                      {shortAddress(text(pool, "market_id"))}
                    </span>
                  ),
                },
                {
                  key: "balance",
                  name: "Balance",
                  isNumber: true,
                  show: (pool) => <Money atoms={text(pool, "available_balance")} />,
                },
                {
                  key: "shares",
                  name: "Shares",
                  isNumber: true,
                  show: (pool) => decimal(text(pool, "total_shares"), SHARES, 2),
                },
                {
                  key: "pending",
                  name: "Asked back",
                  isNumber: true,
                  show: (pool) => decimal(text(pool, "pending_shares"), SHARES, 2),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Own({ node }: { node: Node }) {
  const { connected } = useWallet();
  const provider = connected?.account.address ?? "";
  const query = useQuery({
    queryKey: ["direct", "positions", node, provider],
    enabled: provider !== "",
    queryFn: () => readPositions(node.rpc, node.cluster, provider),
    refetchInterval: POLL_MS,
  });
  if (!provider) return <Notice title="Connect a wallet to see your positions" />;
  return (
    <section className="card">
      <h2>Your positions</h2>
      <Loaded query={query} what="Positions" rows={2}>
        {({ accounts }) => (
          <Table
            caption="Your positions on chain"
            rows={accounts}
            id={({ address }) => address}
            empty={<Notice title="No position of this wallet" />}
            columns={[
              {
                key: "market",
                name: "Market",
                show: (position) => <span className="mono">{shortAddress(text(position, "market_id"))}</span>,
              },
              {
                key: "paid",
                name: "Paid in",
                isNumber: true,
                show: (position) => <Money atoms={text(position, "deposited_amount")} rounded="up" />,
              },
              {
                key: "shares",
                name: "Shares",
                isNumber: true,
                show: (position) => decimal(text(position, "shares"), SHARES, 6),
              },
              {
                key: "unlock",
                name: "Lock ends with epoch",
                isNumber: true,
                show: (position) => text(position, "unlock_epoch") || <Missing why="none" />,
              },
              {
                key: "asked",
                name: "Asked back",
                isNumber: true,
                show: (position) => decimal(text(position, "requested_shares"), SHARES, 6),
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
