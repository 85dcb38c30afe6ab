import { expect, it } from "vitest";
import { claimMarks, priceSeries } from "./price_series";

const candle = (start: number, low: string, high: string) =>
  ({ start, open: low, high, low, close: high, quotes: 1, filled: false }) as never;

it("puts an arrow at each candle with claims and counts those that stand close together once", () => {
  const starts = Array.from({ length: 140 }, (_, at) => 100 * at);
  const claims = [950, 100, 199, 300, 5_000, null].map((paid_at) => ({ paid_at }));
  expect(claimMarks(claims, starts)).toEqual([
    { time: 100, text: "4 claims", tone: "bad" },
    { time: 300, text: "", tone: "bad" },
    { time: 900, text: "", tone: "bad" },
    { time: 5_000, text: "claim", tone: "bad" },
  ]);
});

it("leaves out a claim that was paid before the first candle", () => {
  expect(claimMarks([{ paid_at: 99 }], [100, 200])).toEqual([]);
});

it("draws candles that moved, and a line where most did not", () => {
  expect(priceSeries([candle(1, "1", "2"), candle(2, "2", "2")], []).kind).toBe("candles");
  expect(priceSeries([candle(1, "2000000", "2000000")], [])).toMatchObject({
    kind: "area",
    data: [{ time: 1, value: 2 }],
  });
});
