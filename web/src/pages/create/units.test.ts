import { describe, expect, it } from "vitest";
import { typed, wholeOf } from "./units";

describe("a term", () => {
  it.each([
    ["1000000000", "atoms", "1000"],
    ["5", "bps", "0.05"],
    ["1344", "epochs", "1344"],
    ["200000", "leverage", "20"],
    ["0", "atoms", "0"],
  ])("%s %s", (value, unit, shown) => {
    expect(typed(value, unit)).toBe(shown);
    expect(wholeOf(shown, unit)).toBe(value);
  });

  it("is not guessed", () => {
    expect(wholeOf("1.5", "epochs")).toBeNull();
    expect(wholeOf("abc", "bps")).toBeNull();
    expect(() => typed("1", "parsec")).toThrow("parsec");
  });
});
