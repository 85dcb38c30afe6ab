import { expect, it } from "vitest";
import { successorOf } from "./successor";

const due = (...keys: string[]) => ({ epoch: 8, items: keys.map((key) => ({ key })) as never });

it.each([
  ["score:M:7", "score:M:8"],
  ["settlement:M:arrears:7", "settlement:M:arrears:8"],
])("finds what is due in the new epoch instead of %s", (chosen, found) => {
  expect(successorOf(chosen, due("score:M:8", "premiums:M:8", "settlement:M:arrears:8"))?.key).toBe(found);
});

it.each(["score:M:8", "premiums:M:7", "close:P", "score:OTHER:7"])("offers nothing in the place of %s", (chosen) => {
  expect(successorOf(chosen, due("score:M:8", "close:Q"))).toBeNull();
});
