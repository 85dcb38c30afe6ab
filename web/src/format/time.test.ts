import { expect, it } from "vitest";
import { duration, utcTime } from "./time";

it.each([
  [0, "0 s"],
  [-5, "0 s"],
  [59, "59 s"],
  [60, "1 min"],
  [3_661, "1 h 1 min"],
  [86_400 * 3 + 5, "3 d"],
  [86_400 * 14 + 3_600 * 2 + 59, "14 d 2 h"],
])("%i seconds", (seconds, shown) => {
  expect(duration(seconds)).toBe(shown);
});

it("shows UTC", () => {
  expect(utcTime(1_583_971_200)).toContain("12 Mar 2020");
});
