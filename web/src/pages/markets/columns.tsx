import { Link } from "wouter";
import type { Schemas } from "@/api/client";
import { Missing, Money, Percent } from "@/components/amounts";
import { Grade } from "@/components/grade";
import { MarketPrice } from "@/components/market_price";
import { Meter } from "@/components/meter";
import type { Column } from "@/components/table";
import { Ago } from "@/components/when";
import { YieldFigure } from "@/components/yield";
import { shortAddress } from "@/format/address";
import { decimal, percent } from "@/format/decimal";
import { SCORE } from "@/format/scales";

type Market = Schemas["Market"];

export const isMatch = (market: Market, words: string): boolean =>
  [market.name, market.pair, market.market_id].some((text) => text?.toLowerCase().includes(words.trim().toLowerCase()));

export const titleOf = (market: { name: string | null; market_id: string }): string =>
  market.name ?? shortAddress(market.market_id);

export const COLUMNS: readonly Column<Market>[] = [
  {
    key: "name",
    name: "Market",
    by: titleOf,
    show: (market) => <Link href={`/markets/${market.market_id}`}>{titleOf(market)}</Link>,
  },
  {
    key: "price",
    name: "Price",
    isNumber: true,
    by: ({ price }) => BigInt(price),
    show: ({ price, pair }) => <MarketPrice price={price} pair={pair} />,
  },
  {
    key: "grade",
    name: "Risk",
    isNumber: true,
    by: ({ score }) => score ?? null,
    show: ({ grade, score, score_provisional }) => (
      <span className="number">
        <Grade grade={grade} />{" "}
        {score === null ? (
          <Missing why="no score yet" />
        ) : (
          <span title={score_provisional ? "provisional: fewer than 96 samples" : "composite score, 0 to 1"}>
            {decimal(String(score), SCORE, 3)}
            {score_provisional && "*"}
          </span>
        )}
      </span>
    ),
  },
  {
    key: "utilisation",
    name: "Utilisation",
    isNumber: true,
    by: ({ utilisation_bps }) => utilisation_bps,
    show: ({ utilisation_bps, utilisation_cap_bps }) => (
      <span className="number">
        <Meter
          value={utilisation_bps}
          cap={utilisation_cap_bps}
          label={`Utilisation against ${percent(utilisation_cap_bps)}`}
        />{" "}
        <Percent bps={utilisation_bps} places={1} />
      </span>
    ),
  },
  {
    key: "pool",
    name: "Pool",
    isNumber: true,
    by: ({ pool_size }) => BigInt(pool_size),
    show: ({ pool_size }) => <Money atoms={pool_size} places={0} />,
  },
  {
    key: "premium",
    name: "Premium rate",
    isNumber: true,
    by: ({ premium_rate_bps }) => premium_rate_bps,
    show: ({ premium_rate_bps }) => <Percent bps={premium_rate_bps} />,
  },
  {
    key: "apy",
    name: "Net APY",
    isNumber: true,
    by: ({ net_apy }) => net_apy?.apy_e6 ?? null,
    show: ({ net_apy }) => <YieldFigure of={net_apy} />,
  },
  {
    key: "interest",
    name: "Open interest, larger side",
    isNumber: true,
    by: ({ open_interest }) => BigInt(open_interest),
    show: ({ open_interest }) => <Money atoms={open_interest} places={0} />,
  },
  {
    key: "claim",
    name: "Last claim",
    isNumber: true,
    by: ({ last_claim }) => last_claim?.paid_at ?? null,
    show: ({ last_claim }) =>
      last_claim ? (
        <Link href={`/claims/${last_claim.claim}`}>
          {last_claim.paid_at === null ? "being paid" : <Ago seconds={last_claim.paid_at} />}
        </Link>
      ) : (
        <Missing why="no claim yet" />
      ),
  },
];
