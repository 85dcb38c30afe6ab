import { expect, it } from "vitest";
import { compare } from "./table";

it("sorts whole amounts beyond the range of floating point", () => {
  expect(compare(9007199254740993n, 9007199254740992n, false)).toBe(1);
});

it("keeps what is missing at the end in either direction", () => {
  expect(compare(null, 1, false)).toBe(1);
  expect(compare(null, 1, true)).toBe(1);
  expect(compare(1, null, true)).toBe(-1);
  expect(compare(null, null, true)).toBe(0);
});

it("turns the order around", () => {
  expect(compare("a", "b", false)).toBe(-1);
  expect(compare("a", "b", true)).toBe(1);
});
