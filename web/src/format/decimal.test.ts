import { describe, expect, it } from "vitest";
import { atomsOf, decimal, move, percent } from "./decimal";

describe("decimal", () => {
  it.each([
    ["0", 6, 2, "0.00"],
    ["1", 6, 6, "0.000001"],
    ["1999999", 6, 2, "1.99"],
    ["-1500000", 6, 2, "−1.50"],
    ["-1", 6, 2, "−0.01"],
    ["-9000", 6, 2, "−0.01"],
    ["-1509000", 6, 2, "−1.51"],
    ["-10000", 6, 2, "−0.01"],
    ["1", 6, 2, "<0.01"],
    ["1", 6, 0, "<1"],
    ["-0", 6, 2, "0.00"],
    ["18446744073709551615", 6, 6, "18\u202f446\u202f744\u202f073\u202f709.551615"],
    ["1234567", 0, 0, "1\u202f234\u202f567"],
  ])("%s atoms of %i decimals", (atoms, decimals, places, shown) => {
    expect(decimal(atoms, decimals, places)).toBe(shown);
  });

  it.each([
    ["0", 6, 2, "0.00"],
    ["1", 6, 2, "0.01"],
    ["9999", 6, 0, "1"],
    ["1990001", 6, 2, "2.00"],
    ["1990000", 6, 2, "1.99"],
    ["999999999999", 6, 0, "1\u202f000\u202f000"],
    ["-1509000", 6, 2, "−1.50"],
    ["-1", 6, 2, ">−0.01"],
  ])("%s atoms of %i decimals that one loses", (atoms, decimals, places, shown) => {
    expect(decimal(atoms, decimals, places, "up")).toBe(shown);
  });

  it("refuses what is no integer", () => {
    expect(() => decimal("1.5", 6)).toThrow("not an integer");
  });
});

describe("atomsOf", () => {
  it.each([
    ["10", "10000000"],
    ["1,250.5", "1250500000"],
    ["0.000001", "1"],
    ["007", "7000000"],
    ["0.0000001", null],
    ["-1", null],
    ["1e3", null],
    ["", null],
    ["1.2.3", null],
  ])("%s", (typed, atoms) => {
    expect(atomsOf(typed, 6)).toBe(atoms);
  });
});

it.each([
  [1250, "12.5\u00a0%"],
  [8500, "85\u00a0%"],
  [5, "0.05\u00a0%"],
  [0, "0\u00a0%"],
  ["-25", "−0.25\u00a0%"],
  [10_000, "100\u00a0%"],
])("%s hundredths of a percent", (bps, shown) => {
  expect(percent(bps)).toBe(shown);
});

it.each([
  [3000, "+30\u00a0%"],
  ["25", "+0.25\u00a0%"],
  [0, "0\u00a0%"],
  [-5000, "−50\u00a0%"],
])("a price that moves by %s hundredths of a percent", (bps, shown) => {
  expect(move(bps)).toBe(shown);
});
