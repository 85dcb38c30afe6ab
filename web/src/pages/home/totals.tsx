import type { Schemas } from "@/api/client";
import { useTotals } from "@/api/queries";
import { Money } from "@/components/amounts";
import { Stat } from "@/components/stat";
import { Loaded, Place } from "@/components/states";

const NO_MONEY = (
  <Place>
    <Money atoms="0" />
  </Place>
);
const NO_NUMBER = <Place>0</Place>;

export function Totals() {
  return (
    <section className="card" aria-label="Live totals">
      <Loaded query={useTotals()} what="Totals" instead={<Figures />}>
        {(totals) => <Figures totals={totals} />}
      </Loaded>
    </section>
  );
}

/** Without totals their places, of the same size: all the rest of the page can be read before they are here. */
function Figures({ totals }: { totals?: Schemas["Totals"] }) {
  return (
    <dl className="grid stats">
      <Stat name="In all pools">{totals ? <Money atoms={totals.tvl} /> : NO_MONEY}</Stat>
      <Stat name="Open interest, longs and shorts">{totals ? <Money atoms={totals.open_interest} /> : NO_MONEY}</Stat>
      <Stat name="Premiums paid to pools">{totals ? <Money atoms={totals.premiums_routed} /> : NO_MONEY}</Stat>
      <Stat name={totals ? `Paid in ${totals.claims} claims` : "Paid in claims"} figure="Paid in claims">
        {totals ? <Money atoms={totals.claimed} rounded="up" /> : NO_MONEY}
      </Stat>
      <Stat name="Markets live">{totals ? `${totals.live} of ${totals.markets}` : NO_NUMBER}</Stat>
      <Stat name="Liquidity providers">{totals ? totals.providers : NO_NUMBER}</Stat>
    </dl>
  );
}
