import { beforeEach, describe, expect, it, vi } from "vitest";

const DAY = 86_400;

describe("the chain's time", () => {
  let clock: typeof import("./chain_time");

  beforeEach(async () => {
    vi.resetModules();
    clock = await import("./chain_time");
  });

  it("is unknown before anybody told it, and goes on as the wall's until its pace is known", () => {
    expect(clock.chainTime(0)).toBeNull();
    clock.tellChainTime(1_000, 0);
    expect(clock.chainTime(2_500)).toBe(1_002);
  });

  it("takes the pace of several tellings, however close they are", () => {
    for (let second = 0; second <= 8; second++) clock.tellChainTime(1_000 + 5 * second, 1_000 * second);
    expect(clock.chainTime(10_000)).toBe(1_050);
  });

  it("stands while the chain stands", () => {
    for (let second = 0; second <= 8; second++) clock.tellChainTime(1_000, 1_000 * second);
    expect(clock.chainTime(9_000)).toBe(1_000);
  });

  it("that is moved at once stands where it was moved to, and goes on at its pace", () => {
    for (let second = 0; second <= 8; second++) clock.tellChainTime(1_000 + 5 * second, 1_000 * second);
    expect(clock.chainTime(9_000)).toBe(1_045);
    clock.tellChainTime(DAY, 9_000);
    expect(clock.chainTime(9_000)).toBe(DAY);
    expect(clock.chainTime(10_000)).toBe(DAY + 5);
    for (let second = 10; second <= 14; second++) clock.tellChainTime(DAY, 1_000 * second);
    expect(clock.chainTime(60_000)).toBe(DAY);
  });
});
