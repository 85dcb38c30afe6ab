import { usePrices } from "@/api/queries";
import { decimal, move } from "@/format/decimal";
import { USD } from "@/format/scales";
import { Missing, Money } from "./amounts";

interface MarketPriceProps {
  /** 1e-6 USD, as the market holds it. */
  price: string;
  pair: string | null;
}

/** A market's price; on hover also what it is at its source off chain, from where keepers take it to the chain. */
export function MarketPrice({ price, pair }: MarketPriceProps) {
  const source = usePrices().data?.items.find((each) => each.pair === pair);
  if (price === "0") return <Missing why="no price yet" />;
  return <Money atoms={price} unit="USD" {...(source && { note: noteOf(source) })} />;
}

function noteOf({ source, price, change_24h_bps }: { source: string; price: string; change_24h_bps: number | null }) {
  const change = change_24h_bps === null ? "" : `, ${move(change_24h_bps)} in 24 h`;
  return `${decimal(price, USD, 2)} USD at its source (${source})${change}`;
}
