import { expect, it } from "vitest";
import { boundaries, hasTicks, numberedStep } from "./epochs";

const EPOCHS = { genesis: 1_000, seconds: 900 };

it("finds every start in a span, with its number", () => {
  expect(boundaries(EPOCHS, 1_900, 3_700)).toEqual([
    { epoch: 1, time: 1_900 },
    { epoch: 2, time: 2_800 },
    { epoch: 3, time: 3_700 },
  ]);
});

it("leaves out what only overlaps the span, and what was before the first epoch", () => {
  expect(boundaries(EPOCHS, 1_901, 2_799)).toEqual([]);
  expect(boundaries(EPOCHS, -9_000, 999)).toEqual([]);
  expect(boundaries(EPOCHS, -9_000, 1_000)).toEqual([{ epoch: 0, time: 1_000 }]);
});

it.each([
  [100, 1],
  [36, 2],
  [7, 12],
  [1, 96],
  [0.01, 672],
])("thins the numbered lines at %f pixels", (pixels, step) => {
  expect(numberedStep(pixels)).toBe(step);
});

it("drops single ticks where they would run together", () => {
  expect(hasTicks(4)).toBe(true);
  expect(hasTicks(3.9)).toBe(false);
});
