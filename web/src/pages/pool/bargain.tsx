import { Link } from "wouter";
import type { Schemas } from "@/api/client";
import { useScenarios } from "@/api/queries";
import { Missing, Money, Percent } from "@/components/amounts";
import { Figure } from "@/components/figure";
import { Meter } from "@/components/meter";
import { Line } from "@/components/stat";
import { Return, YieldFigure } from "@/components/yield";
import { percent } from "@/format/decimal";
import { duration } from "@/format/time";
import "./bargain.css";

interface BargainProps {
  pool: Schemas["Pool"];
  terms: Schemas["Terms"];
  figures: Schemas["MarketFiguresBody"] | null;
}

const WORST_HOUR = "crash_hour";
const LONG_DAYS = 30;

/** What a provider earns, what they can lose and when they can leave, before anything else. */
export function Bargain({ pool, terms, figures }: BargainProps) {
  return (
    <div className="grid bargain">
      <Earn pool={pool} terms={terms} figures={figures} />
      <Lose pool={pool} figures={figures} />
      <Leave pool={pool} terms={terms} />
    </div>
  );
}

function Earn({ pool, terms, figures }: BargainProps) {
  const [newest, ...longer] = figures?.yields ?? [];
  const fee = terms.fees.find(({ name }) => name === "performance");
  return (
    <section className="card" data-tone="good" aria-labelledby="earn">
      <h2 id="earn">What you earn</h2>
      <p className="big">
        <Figure name="Premium rate">
          <Percent bps={pool.premium_rate_bps} />
        </Figure>{" "}
        <span className="soft">of the market’s trading fees, as premiums</span>
      </p>
      <dl className="lines">
        {newest && (
          <Line name={`A share in the last ${newest.days} d`} figure="Return">
            <Return of={newest} />
          </Line>
        )}
        {longer.map((each) => (
          <Line key={each.days} name={`Net APY over ${each.days} d`}>
            <YieldFigure of={each} />
          </Line>
        ))}
        <Line name="Premiums paid so far">
          <Money atoms={pool.premiums_routed} />
        </Line>
        {fee && <Line name="Performance fee">{percent(fee.bps)} of new gains</Line>}
      </dl>
      <p className="soft">Realised and net of claims. Nothing is promised.</p>
    </section>
  );
}

function Lose({ pool, figures }: Pick<BargainProps, "pool" | "figures">) {
  const scenarios = useScenarios(pool.market_id).data?.items ?? [];
  const hour = scenarios.find(({ name }) => name === WORST_HOUR);
  const lost = figures?.losses.find(({ days }) => days === LONG_DAYS);
  return (
    <section className="card" data-tone="bad" aria-labelledby="lose">
      <h2 id="lose">What you can lose</h2>
      <p className="big">
        Everything <span className="soft">at worst. Nobody votes on a claim: it is paid by code.</span>
      </p>
      <dl className="lines">
        <Line name="March 2020’s worst hour, now" figure="Worst hour">
          {hour ? <Percent bps={-hour.loss_bps} /> : <Missing why="no open position to lose by" />}
        </Line>
        <Line name={`Claims took in ${LONG_DAYS} d`} figure="Claims took">
          {lost ? <Money atoms={lost.capital_lost} rounded="up" /> : <Missing why="not counted yet" />}
        </Line>
        <Line name="Lost before you: creator’s stake" figure="Creator’s stake">
          <Money atoms={pool.first_loss} />
        </Line>
        <Line name="… and unvested premiums" figure="Unvested premiums">
          <Money atoms={pool.unvested} />
        </Line>
      </dl>
      <p className="soft">
        Only by this market’s deficits, never by another’s. <Link href="/risks">Every risk</Link>
      </p>
    </section>
  );
}

function Leave({ pool, terms }: Pick<BargainProps, "pool" | "terms">) {
  const early = terms.fees.find(({ name }) => name === "early_withdrawal_most");
  return (
    <section className="card" data-tone="accent" aria-labelledby="leave">
      <h2 id="leave">When you can leave</h2>
      <p className="big" data-figure="Lock and notice">
        {duration(terms.lock_seconds)}{" "}
        <span className="soft">lock, then {duration(terms.notice_seconds)} of notice</span>
      </p>
      <dl className="lines">
        <Line name="Earlier costs at most">{early ? percent(early.bps) : <Missing why="no such fee" />}</Line>
        <Line name="Withdrawable from the pool now">
          <Money atoms={pool.withdrawable} />
        </Line>
        <Line name={`Utilisation, cap ${percent(pool.utilisation_cap_bps)}`} figure="Utilisation">
          <Meter value={pool.utilisation_bps} cap={pool.utilisation_cap_bps} label="Utilisation" />{" "}
          <Percent bps={pool.utilisation_bps} />
        </Line>
        <Line name="Paid whatever the cap says">{duration(terms.forced_after_notice_seconds)} after the notice</Line>
      </dl>
      <p className="soft">Until it is paid, the capital stays at risk.</p>
    </section>
  );
}
