import { beforeEach, describe, expect, it, vi } from "vitest";
import { Connection } from "./connection";
import { type Frame, keyOf, type Request, type Topic } from "./frames";

/** The other end of the wire: what was sent to it, and a way to answer. */
class Wire {
  static readonly OPEN = 1;
  static all: Wire[] = [];
  readonly sent: Request[] = [];
  readyState = 0;
  onopen = () => {};
  onclose = () => {};
  onmessage: (message: { data: string }) => void = () => {};

  constructor() {
    Wire.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Request);
  }

  open(): void {
    this.readyState = Wire.OPEN;
    this.onopen();
  }

  close(): void {
    this.readyState = 3;
    this.onclose();
  }

  say(frame: Frame): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

const POOL: Topic<"pool"> = { topic: "pool", market: "M" };
const OF = { topic: "pool:M", stream: "s" };
const said = (resumed = false): Frame => ({ type: "subscribed", topic: OF.topic, resumed, id: keyOf(POOL) });
const snapshot = (seq: number, reason = "subscribed", size = "1"): Frame => ({
  ...{ type: "snapshot", ...OF, seq, reason, as_of_slot: seq, decimals: 6 },
  items: { M: { size } },
});
const delta = (seq: number): Frame => ({
  ...{ type: "delta", ...OF, seq, as_of_slot: seq },
  changes: [{ key: "M", set: { size: String(seq) } }],
});

function wire(): Wire {
  const last = Wire.all.at(-1);
  if (!last) throw new Error("no socket was opened");
  return last;
}

describe("a connection", () => {
  let connection: Connection;
  let size: () => unknown;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", Wire);
    Wire.all = [];
    connection = new Connection("ws://here/v1/ws");
    size = () => connection.state(POOL)?.items.M?.size;
    connection.subscribe(POOL, () => {});
    wire().open();
    wire().say(said());
    wire().say(snapshot(1));
  });

  it("adds up the frames of a topic", () => {
    wire().say(delta(2));
    expect(size()).toBe("2");
    expect(connection.isFresh(POOL)).toBe(true);
    expect(connection.line).toBe("live");
  });

  it("asks once for what is missing, and takes it in order", () => {
    wire().say(delta(3));
    wire().say(delta(4));
    expect(wire().sent.slice(1)).toEqual([
      { type: "subscribe", id: keyOf(POOL), ...POOL, since: { stream: "s", seq: 1 } },
    ]);
    expect(size()).toBe("1");
    wire().say(said(true));
    for (const seq of [2, 3, 4]) wire().say(delta(seq));
    expect(size()).toBe("4");
  });

  it("keeps what it has while it is lost, and goes on where it stood", () => {
    wire().say(delta(2));
    wire().close();
    expect([size(), connection.isFresh(POOL), connection.line]).toEqual(["2", false, "again"]);
    vi.advanceTimersByTime(1_000);
    wire().close();
    expect(connection.line).toBe("lost");
    vi.advanceTimersByTime(10_000);
    wire().open();
    expect(wire().sent[0]).toMatchObject({ since: { stream: "s", seq: 2 } });
    wire().say(said(true));
    expect([connection.isFresh(POOL), connection.line]).toEqual([true, "live"]);
    wire().say(delta(3));
    expect(size()).toBe("3");
  });

  it("begins anew where the server no longer has what was missed", () => {
    wire().close();
    vi.advanceTimersByTime(1_000);
    wire().open();
    wire().say(said());
    expect(connection.isFresh(POOL)).toBe(false);
    wire().say(snapshot(40, "gap", "40"));
    expect([size(), connection.isFresh(POOL)]).toEqual(["40", true]);
  });

  it("tells of dropped slots", () => {
    const heard = vi.fn();
    connection.onRollBack(heard);
    wire().say(snapshot(2, "rolled_back", "0"));
    expect([size(), connection.state(POOL)?.isRolledBack]).toEqual(["0", true]);
    expect(heard).toHaveBeenCalledOnce();
  });

  it("ends a topic that nobody wants any more, also when its answer comes late", () => {
    const leave = connection.subscribe({ topic: "risk", market: "M" }, () => {});
    leave();
    wire().say({ type: "subscribed", topic: "risk:M", resumed: false, id: "risk|M||" });
    expect(wire().sent.at(-1)).toEqual({ type: "unsubscribe", topic: "risk:M" });
  });
});
