import { expect, it } from "vitest";
import type { Schemas } from "./client";
import { putPortfolio } from "./portfolio";

const position = (name: string, entry_epoch: number, value: string) =>
  ({ position: name, entry_epoch, value }) as Schemas["Position"];
const sums = { provider: "P", positions: 2, value: "9", paid_in: "8", paid_out: "0", earnings: "1" };
const body: Schemas["Portfolio"] = {
  ...{ ...sums, value: "1" },
  ...{ as_of_slot: 1, decimals: 6, truncated: false },
  items: [position("b", 2, "1"), position("closed", 1, "0")],
};

it("takes sums, changes and new positions over, and keeps closed ones", () => {
  const shown = putPortfolio(body, {
    "portfolio:P": sums,
    "provider:b": position("b", 2, "4"),
    "provider:c": position("c", 3, "5"),
  });
  expect(shown.items).toEqual([position("c", 3, "5"), position("b", 2, "4"), position("closed", 1, "0")]);
  expect(shown).toMatchObject(sums);
});

it("of a trader has no perp positions in it", () => {
  const perp = { position: "x", health_bps: 1 } as Schemas["PerpPosition"];
  expect(putPortfolio(body, { "perp:x": perp }).items).toEqual(body.items);
});
