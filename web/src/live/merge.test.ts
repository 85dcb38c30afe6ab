import { expect, it } from "vitest";
import { merge, newest } from "./merge";

const LIVE = { stream: "s", seq: 1, asOfSlot: 2, items: { b: { id: "b", size: "9" } } };

it("puts live bodies in the place of older ones, in the order of the list", () => {
  const items = [
    { id: "a", size: "1" },
    { id: "b", size: "2" },
  ];
  expect(merge(items, ({ id }) => id, LIVE)).toEqual([{ id: "a", size: "1" }, LIVE.items.b]);
  expect(merge(items, ({ id }) => id, null)).toBe(items);
});

it("keeps a body that the topic does not have", () => {
  const item = { id: "a", size: "1" };
  expect(newest(item, "a", LIVE)).toBe(item);
  expect(newest(item, "b", LIVE)).toBe(LIVE.items.b);
});
