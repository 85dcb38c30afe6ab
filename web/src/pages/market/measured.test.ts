import { expect, it } from "vitest";
import { measured } from "./measured";

it.each([
  ["66188", "leverage", "6.6×"],
  ["2123", "bps", "21.23\u00a0%"],
  ["2000000000", "nano", "200\u00a0%"],
  ["1000000", "nano", "0.1\u00a0%"],
])("%s in %s", (raw, unit, shown) => {
  expect(measured(raw, unit)).toBe(shown);
});

it("does not guess a unit", () => {
  expect(() => measured("1", "parsec")).toThrow("parsec");
});
