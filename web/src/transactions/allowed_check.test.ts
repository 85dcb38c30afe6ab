import type { Address } from "@solana/kit";
import { describe, expect, it } from "vitest";
import { CRANKS, CREATION, type ExpectedAllowed } from "./allowed_check";
import { differences } from "./check";
import made from "./generated/vectors.json";

const user = made.user as Address;
const amount = BigInt(made.numbers.amount);
const wire = (name: keyof typeof made.transactions) =>
  Uint8Array.from(atob(made.transactions[name]), (letter) => letter.charCodeAt(0));
const cranks: ExpectedAllowed = { kind: "allowed", allowed: CRANKS, pays: {}, args: {}, user, clusterName: "localnet" };
const creation: ExpectedAllowed = { ...cranks, allowed: CREATION, pays: { fund_first_loss: amount } };

describe("a crank", () => {
  it("passes when it pays the one who signs", async () => {
    expect(await differences(wire("crank"), cranks)).toEqual([]);
  });

  it("is refused when it pays somebody else", async () => {
    expect((await differences(wire("crank_for_stranger"), cranks)).join()).toMatch(
      /route_premiums pays \w+ instead of you/,
    );
  });

  it.each(["deposit", "stake", "request"] as const)("is refused when it is a %s", async (name) => {
    expect((await differences(wire(name), cranks)).join()).toMatch("which does not belong here");
  });
});

describe("a step of a new market", () => {
  it("may take the agreed stake", async () => {
    expect(await differences(wire("stake"), creation)).toEqual([]);
  });

  it("may not take more", async () => {
    const less = { ...creation, pays: { fund_first_loss: amount - 1n } };
    expect((await differences(wire("stake"), less)).join()).toMatch(/takes 25000000 from your USDC account/);
  });

  it("may not change a term", async () => {
    expect((await differences(wire("stake"), { ...creation, args: { amount: amount - 1n } })).join()).toMatch(
      "amount is",
    );
  });
});
