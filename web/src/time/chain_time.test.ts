import { expect, test } from "vitest";
import { chainTime, tellChainTime } from "./chain_time";

const DAY = 86_400;

test("a clock that is moved at once stands where it was moved to, and goes on at its pace", () => {
  expect(chainTime(0)).toBeNull();
  for (let second = 0; second <= 8; second++) tellChainTime(1_000 + 5 * second, 1_000 * second);
  expect(chainTime(9_000)).toBe(1_045);
  tellChainTime(DAY, 9_000);
  expect(chainTime(9_000)).toBe(DAY);
  expect(chainTime(10_000)).toBe(DAY + 5);
  for (let second = 10; second <= 14; second++) tellChainTime(DAY, 1_000 * second);
  expect(chainTime(60_000)).toBe(DAY);
});
