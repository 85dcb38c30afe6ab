import type { Schemas } from "@/api/client";
import { Money, Percent } from "@/components/amounts";
import { Table } from "@/components/table";
import { percent } from "@/format/decimal";
import { duration } from "@/format/time";

/** Everything that a provider agrees to, on one card. */
export function TermsCard({ terms }: { terms: Schemas["Terms"] }) {
  return (
    <section className="card">
      <h2>Terms</h2>
      <dl className="lines">
        <div>
          <dt>Lock</dt>
          <dd>{duration(terms.lock_seconds)}; leaving earlier costs the early fee below</dd>
        </div>
        <div>
          <dt>Notice</dt>
          <dd>
            {duration(terms.notice_seconds)} from the request to the payment, also after the lock; the capital stays at
            risk until then
          </dd>
        </div>
        <div>
          <dt>Utilisation cap</dt>
          <dd>
            withdrawals wait while they would lift utilisation above {percent(terms.utilisation_cap_bps)}, at most{" "}
            {duration(terms.forced_after_notice_seconds)} after the notice
          </dd>
        </div>
        <div>
          <dt>Smallest first deposit</dt>
          <dd>
            <Money atoms={terms.min_deposit} />
          </dd>
        </div>
        <div>
          <dt>Claims</dt>
          <dd>
            a deficit above <Money atoms={terms.insolvency_threshold} /> is paid whole; premiums vest over{" "}
            {duration(terms.vest_seconds)}
          </dd>
        </div>
        {terms.fees.map((fee) => (
          <div key={fee.name}>
            <dt>
              <Percent bps={fee.bps} />
            </dt>
            <dd>{fee.words}</dd>
          </div>
        ))}
      </dl>
      <h3>Who can change what</h3>
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
      <p>{terms.warning}</p>
    </section>
  );
}
