import { expect, it } from "vitest";
import { daysOf, roundSizes } from "./waterfall_steps";

const NONE = {
  deposited: "0",
  vested: "0",
  claimed: "0",
  withdrawn: "0",
  performance_fee: "0",
  revested: "0",
  swept: "0",
};

it("goes up by what came in and down by what went out, to the capital of the day's end", () => {
  const [day] = daysOf([
    { ...NONE, start: 7, capital: "85000000", deposited: "20000000", vested: "5000000", claimed: "40000000" },
  ]);
  expect(day).toEqual({
    start: 7,
    opening: 100,
    top: 125,
    closing: 85,
    up: [
      { cause: "deposits", from: 100, to: 120 },
      { cause: "premiums", from: 120, to: 125 },
    ],
    down: [{ cause: "claims", from: 125, to: 85 }],
  });
});

it("counts everything that leaves the capital", () => {
  const out = { withdrawn: "1000000", performance_fee: "2000000", revested: "3000000", swept: "4000000" };
  const [day] = daysOf([{ ...NONE, ...out, start: 0, capital: "0" }]);
  expect(day?.top).toBe(10);
  expect(day?.down.map(({ cause, to }) => [cause, to])).toEqual([
    ["withdrawals", 9],
    ["fees", 0],
  ]);
});

it("joins one day to the next", () => {
  const [first, second] = daysOf([
    { ...NONE, start: 0, capital: "50000000", deposited: "50000000" },
    { ...NONE, start: 1, capital: "60000000", deposited: "10000000" },
  ]);
  expect(first?.opening).toBe(0);
  expect(second?.opening).toBe(first?.closing);
});

it.each([
  [0, 100, 4, [0, 50, 100]],
  [0, 500_000, 5, [0, 100_000, 200_000, 300_000, 400_000, 500_000]],
  [480, 520, 4, [480, 490, 500, 510, 520]],
  [5, 5, 4, [5]],
])("finds round sizes between %d and %d", (low, high, most, sizes) => {
  expect(roundSizes(low, high, most)).toEqual(sizes);
});
