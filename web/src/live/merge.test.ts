import { describe, expect, it } from "vitest";
import { carriedOn, renewed, replaced } from "./merge";

const idOf = ({ id }: { id: string }) => id;
const LIST = [
  { id: "a", size: "1" },
  { id: "b", size: "2" },
];

describe("a list", () => {
  it("takes newer items over in their places and keeps what the topic does not have", () => {
    expect(renewed(LIST, idOf, { b: { id: "b", size: "9" }, z: { id: "z", size: "0" } })).toEqual([
      { id: "a", size: "1" },
      { id: "b", size: "9" },
    ]);
  });

  it("that the topic has whole loses and gains items, new ones at the end", () => {
    expect(replaced(LIST, idOf, { z: { id: "z", size: "0" }, b: { id: "b", size: "9" } })).toEqual([
      { id: "b", size: "9" },
      { id: "z", size: "0" },
    ]);
  });
});

describe("a body", () => {
  const body = { as_of_slot: 10, size: "1" };
  const put = (old: typeof body, items: Readonly<Record<string, string>>) => ({ ...old, size: items.size ?? old.size });
  const state = (asOfSlot: number) => ({
    stream: "s",
    seq: 1,
    asOfSlot,
    isRolledBack: false,
    items: { size: "2" },
  });

  it("is carried on by a topic of its slot or a later one", () => {
    expect(carriedOn(body, state(10), put)).toEqual({ as_of_slot: 10, size: "2" });
    expect(carriedOn(body, state(12), put)).toEqual({ as_of_slot: 12, size: "2" });
  });

  it("that is newer than the topic stays", () => {
    expect(carriedOn(body, state(9), put)).toBe(body);
  });

  it("gives way to an older slot after the chain dropped its own", () => {
    expect(carriedOn(body, state(7), put, true)).toEqual({ as_of_slot: 7, size: "2" });
  });
});
