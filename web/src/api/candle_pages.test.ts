import { expect, it } from "vitest";
import { withEarlier, withKnown } from "./candle_pages";

const page = (close: string, ...starts: number[]) =>
  ({ pair: "BTC/USD", interval: "1m", seconds: 60, items: starts.map((start) => ({ start, close })) }) as never;
const shown = ({ items }: ReturnType<typeof withKnown>) => items.map(({ start, close }) => `${start} ${close}`);

it("keeps what came before the newest page and believes the newest page", () => {
  expect(shown(withKnown(page("new", 120, 180), page("old", 0, 60, 120)))).toEqual([
    "0 old",
    "60 old",
    "120 new",
    "180 new",
  ]);
});

it("begins anew where it heard of nothing for longer than a page", () => {
  expect(shown(withKnown(page("new", 240, 300), page("old", 60, 120)))).toEqual(["240 new", "300 new"]);
});

it("begins with what there is", () => {
  expect(shown(withKnown(page("new", 60), undefined))).toEqual(["60 new"]);
  expect(shown(withKnown(page("new"), page("old", 0)))).toEqual([]);
  expect(shown(withKnown(page("new", 0), page("old", 0)))).toEqual(["0 new"]);
});

it("puts older candles in front", () => {
  expect(shown(withEarlier(page("new", 120), page("old", 0, 60)))).toEqual(["0 old", "60 old", "120 new"]);
});
