import { Link } from "wouter";
import type { Schemas } from "@/api/client";
import { useReceipt } from "@/api/queries";
import { Missing, Money } from "@/components/amounts";
import { Bar } from "@/components/bar";
import { Figure } from "@/components/figure";
import { Stat } from "@/components/stat";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { When } from "@/components/when";
import { titleOf } from "@/pages/markets/columns";
import { ExplorerLink } from "@/transactions/explorer_link";
import { Verify } from "./verify";
import "./receipt.css";

/** The last tier: what no other paid. */
const NOBODY = "uncovered";

export function Receipt({ params }: { params: { claim: string } }) {
  return (
    <div className="stack">
      <p>
        <Link href="/claims">← All claims</Link>
      </p>
      <Loaded query={useReceipt(params.claim)} what="Claim" rows={8}>
        {(receipt) => (
          <>
            <h1>
              <Figure name="title">
                Claim {receipt.claim.sequence} of {titleOf(receipt.claim)}
              </Figure>
            </h1>
            <p>
              <Figure name="cause">{receipt.cause}</Figure>
            </p>
            <Figures claim={receipt.claim} />
            <Tiers claim={receipt.claim} />
            <Verify claim={receipt.claim.claim} isPaid={receipt.claim.state === "paid"} />
            <Steps steps={receipt.steps} />
            <Liquidations liquidations={receipt.liquidations} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Figures({ claim }: { claim: Schemas["Claim"] }) {
  return (
    <>
      {!claim.fully_covered && claim.state === "paid" && (
        <Notice tone="warn" title="Partly covered">
          <Figure name="uncovered">
            <Money atoms={claim.uncovered} rounded="up" /> were more than all tiers together held, and stay with the
            market.
          </Figure>
        </Notice>
      )}
      <dl className="grid stats card">
        <Stat name="Deficit">
          <Money atoms={claim.deficit} places={6} />
        </Stat>
        <Stat name="Payout">
          <Money atoms={claim.payout} places={6} />
        </Stat>
        <Stat name="Fee, deducted from it">
          <Money atoms={claim.fee} places={6} />
        </Stat>
        <Stat name="To the market">
          <Money atoms={claim.net_paid} places={6} />
        </Stat>
        <Stat name="Threshold">
          <Money atoms={claim.threshold} />
        </Stat>
        <Stat name="Executor">
          <ExplorerLink address={claim.executor} />
        </Stat>
      </dl>
    </>
  );
}

function Tiers({ claim }: { claim: Schemas["Claim"] }) {
  const largest = Math.max(...claim.tiers.map(({ amount }) => Number(amount)), 1);
  return (
    <section className="card">
      <h2>Who paid</h2>
      <Table
        caption="Tiers of the waterfall, in order"
        rows={claim.tiers}
        id={({ name }) => name}
        empty={<Notice title="Nothing paid yet" />}
        columns={[
          { key: "title", name: "Tier", show: ({ title }) => title },
          {
            key: "amount",
            name: "Paid",
            isNumber: true,
            show: ({ name, amount, of_deficit }) => (
              <span className="tier">
                <Bar part={Number(amount) / largest} tone={name === NOBODY ? "bad" : of_deficit ? "accent" : "good"} />
                <Money atoms={amount} places={6} />
              </span>
            ),
          },
          {
            key: "part",
            name: "Counts as",
            show: ({ of_deficit }) => (of_deficit ? "part of the deficit" : "before the deficit"),
          },
        ]}
      />
    </section>
  );
}

function Steps({ steps }: { steps: Schemas["Receipt"]["steps"] }) {
  return (
    <section className="card">
      <h2>What happened, in order</h2>
      <Table
        caption="Transactions of the claim"
        rows={steps}
        id={({ event, signature }) => `${signature}-${event}`}
        empty={<Notice title="No transaction found" />}
        columns={[
          { key: "words", name: "Step", show: ({ words }) => words },
          {
            key: "when",
            name: "When",
            show: ({ time }) => (time === null ? <Missing why="no time given" /> : <When seconds={time} />),
          },
          { key: "signature", name: "Transaction", show: ({ signature }) => <ExplorerLink signature={signature} /> },
        ]}
      />
    </section>
  );
}

function Liquidations({ liquidations }: { liquidations: Schemas["Receipt"]["liquidations"] }) {
  return (
    <section className="card">
      <h2>Liquidations behind it</h2>
      <Table
        caption="Liquidated positions whose deficit the claim covers"
        rows={liquidations}
        id={({ signature, nonce }) => `${signature}-${nonce}`}
        empty={<Notice title="None found" />}
        columns={[
          { key: "owner", name: "Trader", show: ({ owner }) => <ExplorerLink address={owner} /> },
          { key: "price", name: "At", isNumber: true, show: ({ price }) => <Money atoms={price} unit="USD" /> },
          { key: "margin", name: "Margin", isNumber: true, show: ({ margin }) => <Money atoms={margin} /> },
          {
            key: "deficit",
            name: "Deficit",
            isNumber: true,
            show: ({ deficit }) => <Money atoms={deficit} rounded="up" />,
          },
          { key: "signature", name: "Transaction", show: ({ signature }) => <ExplorerLink signature={signature} /> },
        ]}
      />
    </section>
  );
}
