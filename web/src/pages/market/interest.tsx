import type { Schemas } from "@/api/client";
import { Money } from "@/components/amounts";
import { Bar } from "@/components/bar";
import { Stat } from "@/components/stat";
import { Notice } from "@/components/states";
import { Table } from "@/components/table";
import { decimal } from "@/format/decimal";
import { LEVERAGE } from "@/format/scales";

const RATE = 7; // of 1e9 = 100 %, as percent
const times = (leverage: number): string => `${decimal(String(leverage), LEVERAGE, 1)}×`;

export function Interest({ detail }: { detail: Schemas["MarketDetail"] }) {
  const { market, funding } = detail;
  const sizes = detail.leverage_distribution.flatMap((band) => [band.notional_long, band.notional_short].map(Number));
  const largest = Math.max(...sizes, 1);
  const part = (atoms: string) => Number(atoms) / largest;
  return (
    <section className="card" aria-labelledby="interest">
      <h2 id="interest">Open interest, leverage and funding</h2>
      <dl className="grid stats">
        <Stat name="Longs">
          <Money atoms={market.open_interest_long} />
        </Stat>
        <Stat name="Shorts">
          <Money atoms={market.open_interest_short} />
        </Stat>
        <Stat name="Mean leverage">{times(detail.mean_leverage)}</Stat>
        <Stat name="Funding in 8 h, longs pay">
          <span className="number">{decimal(funding.rate_8h, RATE, 4)} %</span>
        </Stat>
      </dl>
      <h3>Open positions by leverage</h3>
      <Table
        caption="Open positions by leverage"
        rows={detail.leverage_distribution}
        id={({ above }) => String(above)}
        empty={<Notice title="No open position" />}
        columns={[
          {
            key: "band",
            name: "Leverage",
            show: ({ above, up_to }) => <span className="number">{`${times(above)} to ${times(up_to)}`}</span>,
          },
          { key: "long", name: "Longs", isNumber: true, show: ({ positions_long }) => positions_long },
          {
            key: "long_money",
            name: "Notional at entry",
            isNumber: true,
            show: (band) => (
              <span className="side">
                <Money atoms={band.notional_long} places={0} />
                <Bar part={part(band.notional_long)} tone="good" isMirrored />
              </span>
            ),
          },
          {
            key: "short_money",
            name: "Notional at entry",
            show: (band) => (
              <span className="side">
                <Bar part={part(band.notional_short)} tone="bad" />
                <Money atoms={band.notional_short} places={0} />
              </span>
            ),
          },
          { key: "short", name: "Shorts", isNumber: true, show: ({ positions_short }) => positions_short },
        ]}
      />
    </section>
  );
}
