import { expect, it } from "vitest";
import { putFirst, putLater } from "./claim_pages";
import type { Schemas } from "./client";

const claim = (name: string, opened_at: number, state = "open") =>
  ({ claim: name, opened_at, state }) as Schemas["Claim"];
const page = (items: Schemas["Claim"][], next: string | null) => ({ as_of_slot: 1, decimals: 6, items, next });
const names = ({ items }: Schemas["Claims"]) => items.map((each) => each.claim);

it("puts a new claim on top and keeps the others in their places", () => {
  const live = { c: claim("c", 30), a: claim("a", 10, "paid") };
  const shown = putFirst(page([claim("b", 20), claim("a", 10)], null), live);
  expect(names(shown)).toEqual(["c", "b", "a"]);
  expect(shown.items[2]?.state).toBe("paid");
});

it("tells claims of one second apart by the market's own count", () => {
  const [second, third] = [
    { ...claim("z", 20), sequence: 2 },
    { ...claim("a", 20), sequence: 3 },
  ];
  expect(names(putFirst(page([second], null), { a: third }))).toEqual(["a", "z"]);
});

it("leaves claims to the later pages that are older than the first one", () => {
  const live = { old: claim("old", 5), fresh: claim("fresh", 30) };
  expect(names(putFirst(page([claim("b", 20)], "next"), live))).toEqual(["fresh", "b"]);
  expect(names(putFirst(page([claim("b", 20)], null), live))).toEqual(["fresh", "b", "old"]);
});

it("adds nothing to a later page", () => {
  const live = { c: claim("c", 30), a: claim("a", 10, "paid") };
  expect(putLater(page([claim("a", 10)], null), live).items).toEqual([claim("a", 10, "paid")]);
});
