import type { Address } from "@solana/kit";
import { describe, expect, it } from "vitest";
import { derive, usdcAccount } from "@/chain/addresses";
import { decodeTransaction } from "@/chain/decode";
import { differences } from "./check";
import { expectedCancellation, expectedDeposit, expectedExecution, expectedRequest } from "./expected";
import made from "./generated/vectors.json";

const clusterName = "localnet";
const user = made.user as Address;
const market = made.market as Address;
const where = { clusterName, user, market };
const amount = BigInt(made.numbers.amount);
const shares = BigInt(made.numbers.shares);
const entryEpoch = BigInt(made.numbers.epoch);
const minAssets = BigInt(made.numbers.assets);
const wire = (name: keyof typeof made.transactions) =>
  Uint8Array.from(atob(made.transactions[name]), (c) => c.charCodeAt(0));
const deposit = () => expectedDeposit({ ...where, amount, minShares: shares, entryEpoch });

it("derives the addresses that Python derives", async () => {
  expect(await derive(clusterName, "insurance_pool", "pool", market)).toBe(made.addresses.pool);
  expect(await derive(clusterName, "insurance_pool", "vault", market)).toBe(made.addresses.vault);
  expect(await derive(clusterName, "insurance_pool", "position", market, user, entryEpoch)).toBe(
    made.addresses.position,
  );
  expect(await usdcAccount(clusterName, user)).toBe(made.addresses.usdc);
});

it("reads names, arguments and accounts", () => {
  const decoded = decodeTransaction(wire("deposit"), clusterName);
  expect(decoded.feePayer).toBe(user);
  const call = decoded.calls.find(({ program }) => program === "insurance_pool");
  expect(call).toMatchObject({
    name: "deposit",
    args: { amount, min_shares: shares, entry_epoch: entryEpoch },
    accounts: { provider: user, pool: made.addresses.pool, source: made.addresses.usdc },
  });
});

describe("what was shown passes", () => {
  it("as a deposit", async () => expect(await differences(wire("deposit"), await deposit())).toEqual([]));
  it("as one that joins an earlier one", async () =>
    expect(await differences(wire("top_up"), await deposit())).toEqual([]));
  it("as a request", async () =>
    expect(await differences(wire("request"), await expectedRequest({ ...where, entryEpoch, shares }))).toEqual([]));
  it("as a cancellation", async () =>
    expect(await differences(wire("cancel"), await expectedCancellation({ ...where, entryEpoch }))).toEqual([]));
  it("as a payment", async () =>
    expect(await differences(wire("execute"), await expectedExecution({ ...where, entryEpoch, minAssets }))).toEqual(
      [],
    ));
});

describe("anything else is refused", () => {
  it.each([
    ["deposit_more", "amount is 25000001 instead of 25000000"],
    ["deposit_into_another", /pool is \w+ instead of/],
    ["deposit_and_transfer", "it also calls something unknown of 11111111111111111111111111111111"],
    ["deposit_twice", "it holds 2 instructions deposit or top_up instead of one"],
    ["deposit_paid_by_stranger", /pays the fee instead of you/],
    ["deposit_dear", /priority fee is 2800000000 lamports/],
    ["request", "it holds 0 instructions deposit or top_up instead of one"],
  ] as const)("%s", async (name, sentence) => {
    expect((await differences(wire(name), await deposit())).join("; ")).toMatch(sentence);
  });

  it("a payment to somebody else", async () => {
    const found = await differences(
      wire("execute_to_stranger"),
      await expectedExecution({ ...where, entryEpoch, minAssets }),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(`instead of ${made.addresses.usdc}`);
  });

  it("bytes that are no transaction", async () => {
    expect(await differences(new Uint8Array([1, 2, 3]), await deposit())).toHaveLength(1);
  });

  it("every changed byte of the message", async () => {
    const whole = wire("deposit");
    const expected = await deposit();
    const start = 1 + 64; // after the number of signatures and the one signature
    let passed = 0;
    for (let at = start; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      if ((await differences(changed, expected)).length === 0) passed += 1;
    }
    // What may differ: the blockhash and the loader's key, which is only read, of 32 bytes each; the limit of compute units and a
    // small priority, of 4 and 8; who may write, 3.
    expect(passed).toBeGreaterThanOrEqual(32);
    expect(passed).toBeLessThanOrEqual(32 + 32 + 4 + 8 + 3);
  });
});
