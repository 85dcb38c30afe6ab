import { describe, expect, it } from "vitest";
import type { Change, Delta, Snapshot } from "./frames";
import { afterDelta, fromSnapshot } from "./topic_state";

const SNAPSHOT: Snapshot = {
  type: "snapshot",
  topic: "pool:M",
  stream: "s",
  seq: 4,
  reason: "subscribed",
  as_of_slot: 10,
  decimals: 6,
  items: { a: { size: "1", price: "2" } },
};
const START = fromSnapshot(SNAPSHOT);

const delta = (seq: number, changes: Change[], stream = "s"): Delta => ({
  type: "delta",
  topic: "pool:M",
  stream,
  seq,
  as_of_slot: 11,
  changes,
});

describe("a delta", () => {
  it("changes fields, replaces, adds and removes", () => {
    const changed = afterDelta(
      START,
      delta(5, [
        { key: "a", set: { size: "9" } },
        { key: "b", item: { size: "3" } },
      ]),
    );
    expect(changed).toMatchObject({ seq: 5, asOfSlot: 11, items: { a: { size: "9", price: "2" }, b: { size: "3" } } });
    expect(changed && afterDelta(changed, delta(6, [{ key: "a", gone: true }]))?.items).toEqual({ b: { size: "3" } });
    expect(START.items).toEqual({ a: { size: "1", price: "2" } });
  });

  it("after a rollback is of the new past", () => {
    const back = fromSnapshot({ ...SNAPSHOT, seq: 9, reason: "rolled_back", rolled_back_to: 8, as_of_slot: 7 });
    expect(back).toMatchObject({ isRolledBack: true, asOfSlot: 7 });
    expect(afterDelta(back, delta(10, []))).toMatchObject({ isRolledBack: false, asOfSlot: 11 });
  });

  it("that came before changes nothing", () => {
    expect(afterDelta(START, delta(4, [{ key: "a", gone: true }]))).toBe(START);
  });

  it("after a gap, or of another stream, asks for the topic again", () => {
    expect(afterDelta(START, delta(6, []))).toBeNull();
    expect(afterDelta(START, delta(5, [], "other"))).toBeNull();
  });
});
