import { Link } from "wouter";
import { useClaims, useNoClaims } from "@/api/claims";
import type { Schemas } from "@/api/client";
import { Missing, Money } from "@/components/amounts";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { When } from "@/components/when";
import { titleOf } from "@/pages/markets/columns";

export function Claims() {
  const claims = useClaims();
  const others = useNoClaims();
  return (
    <div className="stack">
      <h1>Claims</h1>
      <p className="soft">
        Each claim is a receipt: what caused it, which tier paid what, and a button that recomputes it from the chain
        alone.
      </p>
      <Loaded query={claims} what="Claims" rows={5}>
        {({ pages }) => (
          <>
            <ClaimTable claims={pages.flatMap(({ items }) => items)} />
            {claims.hasNextPage && (
              <button type="button" className="button" onClick={() => void claims.fetchNextPage()}>
                Older claims
              </button>
            )}
          </>
        )}
      </Loaded>
      <h2>Reports below the threshold</h2>
      <p className="soft">They pay nothing by themselves; the sum carries on until it is above the threshold.</p>
      <Loaded query={others} what="Reports" rows={3}>
        {({ pages }) => <NoClaimTable reports={pages.flatMap(({ items }) => items)} />}
      </Loaded>
    </div>
  );
}

function ClaimTable({ claims }: { claims: readonly Schemas["Claim"][] }) {
  return (
    <Table
      caption="Claims, newest first"
      rows={claims}
      id={({ claim }) => claim}
      empty={<Notice title="No claim yet">The first deficit above a market’s threshold makes one.</Notice>}
      columns={[
        {
          key: "claim",
          name: "Claim",
          show: (claim) => (
            <Link href={`/claims/${claim.claim}`}>
              {titleOf(claim)} no. {claim.sequence}
            </Link>
          ),
        },
        {
          key: "when",
          name: "Paid",
          show: ({ paid_at }) => (paid_at === null ? <Missing why="not paid yet" /> : <When seconds={paid_at} />),
        },
        {
          key: "deficit",
          name: "Deficit",
          isNumber: true,
          by: ({ deficit }) => BigInt(deficit),
          show: ({ deficit }) => <Money atoms={deficit} rounded="up" />,
        },
        {
          key: "payout",
          name: "Payout",
          isNumber: true,
          by: ({ payout }) => BigInt(payout),
          show: ({ payout }) => <Money atoms={payout} rounded="up" />,
        },
        {
          key: "cover",
          name: "Cover",
          show: ({ fully_covered, state }) =>
            state !== "paid" ? (
              state
            ) : fully_covered ? (
              <span className="badge" data-tone="good">
                full
              </span>
            ) : (
              <span className="badge" data-tone="bad">
                partial
              </span>
            ),
        },
      ]}
    />
  );
}

function NoClaimTable({ reports }: { reports: readonly Schemas["NoClaim"][] }) {
  return (
    <Table
      caption="Reports below the threshold, newest first"
      rows={reports}
      id={({ signature, number }) => `${signature}-${number}`}
      empty={<Notice title="No report below a threshold yet" />}
      columns={[
        { key: "market", name: "Market", show: titleOf },
        { key: "when", name: "When", show: ({ time }) => <When seconds={time} /> },
        {
          key: "deficit",
          name: "Deficit",
          isNumber: true,
          show: ({ deficit }) => <Money atoms={deficit} rounded="up" />,
        },
        {
          key: "unsettled",
          name: "Carried on",
          isNumber: true,
          show: ({ unsettled }) => <Money atoms={unsettled} rounded="up" />,
        },
        { key: "threshold", name: "Threshold", isNumber: true, show: ({ threshold }) => <Money atoms={threshold} /> },
      ]}
    />
  );
}
