import type { Schemas } from "@/api/client";
import type { Mark, Series } from "@/charts/series";
import { approximate } from "@/format/approximate";
import { USD } from "@/format/scales";

type Candles = readonly Schemas["CandleRow"][];
type Claims = readonly Pick<Schemas["Claim"], "paid_at">[];

const TEXTS_SIDE_BY_SIDE = 14;
/** So many of the newest decide how all are drawn: older ones that come later don't turn the picture over. */
const RECENT = 200;

/** The price as candles; as a line where most of them saw one price only and would be dashes. */
export function priceSeries(candles: Candles, claims: Claims): Series {
  const marks = claimMarks(
    claims,
    candles.map(({ start }) => start),
  );
  const recent = candles.slice(-RECENT);
  const flat = recent.filter(({ high, low }) => high === low).length;
  if (flat * 2 > recent.length)
    return {
      kind: "area",
      decimals: 2,
      marks,
      data: candles.map(({ start, close }) => ({ time: start, value: approximate(close, USD) })),
    };
  const data = candles.map(({ start, open, high, low, close }) => ({
    time: start,
    open: approximate(open, USD),
    high: approximate(high, USD),
    low: approximate(low, USD),
    close: approximate(close, USD),
  }));
  return { kind: "candles", decimals: 2, marks, data };
}

/** An arrow at each candle in which claims were paid; where they stand close, the first says how many they are. */
export function claimMarks(claims: Claims, starts: readonly number[]): Mark[] {
  const paid = new Map<number, number>();
  for (const { paid_at } of claims) {
    const at = paid_at === null ? -1 : starts.findLastIndex((start) => start <= paid_at);
    if (at >= 0) paid.set(at, (paid.get(at) ?? 0) + 1);
  }
  const room = starts.length / TEXTS_SIDE_BY_SIDE;
  const groups: { first: number; count: number; candles: number[] }[] = [];
  for (const [at, count] of [...paid].sort(([one], [other]) => one - other)) {
    const group = groups[groups.length - 1];
    if (group && at - group.first < room) {
      group.count += count;
      group.candles.push(at);
    } else groups.push({ first: at, count, candles: [at] });
  }
  return groups.flatMap(({ first, count, candles }) =>
    candles.map((at) => ({
      time: starts[at] ?? 0,
      text: at === first ? (count === 1 ? "claim" : `${count} claims`) : "",
      tone: "bad" as const,
    })),
  );
}
