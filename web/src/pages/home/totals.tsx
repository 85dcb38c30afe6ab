import { useTotals } from "@/api/queries";
import { Money } from "@/components/amounts";
import { Stat } from "@/components/stat";
import { Loaded } from "@/components/states";

export function Totals() {
  return (
    <section className="card" aria-label="Live totals">
      <Loaded query={useTotals()} what="Totals" rows={1}>
        {(totals) => (
          <dl className="grid stats">
            <Stat name="In all pools">
              <Money atoms={totals.tvl} />
            </Stat>
            <Stat name="Open interest, longs and shorts">
              <Money atoms={totals.open_interest} />
            </Stat>
            <Stat name="Premiums paid to pools">
              <Money atoms={totals.premiums_routed} />
            </Stat>
            <Stat name={`Paid in ${totals.claims} claims`} figure="Paid in claims">
              <Money atoms={totals.claimed} rounded="up" />
            </Stat>
            <Stat name="Markets live">
              {totals.live} of {totals.markets}
            </Stat>
            <Stat name="Liquidity providers">{totals.providers}</Stat>
          </dl>
        )}
      </Loaded>
    </section>
  );
}
