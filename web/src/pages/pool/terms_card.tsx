import type { Schemas } from "@/api/client";
import { Money, Percent } from "@/components/amounts";
import { Line } from "@/components/stat";
import { Table } from "@/components/table";
import { percent } from "@/format/decimal";
import { duration } from "@/format/time";

const FEES: Record<string, string> = {
  deposit: "Fee of a deposit",
  performance: "Performance fee",
  early_withdrawal_most: "Early fee, at most",
  withdrawal: "Fee after the lock",
  claim: "Claim fee",
  bounty: "Keepers’ bounty",
};

/** Everything that a provider agrees to, on one card. */
export function TermsCard({ terms }: { terms: Schemas["Terms"] }) {
  return (
    <section className="card">
      <h2>Terms</h2>
      <dl className="lines">
        <Line name="Lock">{duration(terms.lock_seconds)}; leaving earlier costs the early fee below</Line>
        <Line name="Notice">
          {duration(terms.notice_seconds)} from the request to the payment, also after the lock; the capital stays at
          risk until then
        </Line>
        <Line name="Utilisation cap">
          withdrawals wait while they would lift utilisation above {percent(terms.utilisation_cap_bps)}, at most{" "}
          {duration(terms.forced_after_notice_seconds)} after the notice
        </Line>
        <Line name="Smallest first deposit">
          <Money atoms={terms.min_deposit} rounded="up" />
        </Line>
        <Line name="Claims">
          a deficit above <Money atoms={terms.insolvency_threshold} /> is paid whole; premiums vest over{" "}
          {duration(terms.vest_seconds)}
        </Line>
        {terms.fees.map((fee) => (
          <Line key={fee.name} figure={`fee/${fee.name}`} name={FEES[fee.name] ?? fee.name}>
            <Percent bps={fee.bps} /> {fee.words}
          </Line>
        ))}
      </dl>
      <details>
        <summary>Who can change what, and who can’t</summary>
        <Table
          caption="Powers and their limits"
          rows={terms.powers}
          id={({ who, can }) => `${who} ${can}`}
          empty={null}
          columns={[
            { key: "who", name: "Who", show: ({ who }) => who },
            { key: "can", name: "Can", show: ({ can }) => can },
            { key: "cannot", name: "Can’t", show: ({ cannot }) => cannot },
          ]}
        />
      </details>
      <p>{terms.warning}</p>
    </section>
  );
}
