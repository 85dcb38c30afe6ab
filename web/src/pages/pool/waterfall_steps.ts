import type { Schemas } from "@/api/client";
import { approximate } from "@/format/approximate";
import { USDC } from "@/format/scales";

type Point = Pick<
  Schemas["PoolPoint"],
  "start" | "capital" | "deposited" | "vested" | "claimed" | "withdrawn" | "performance_fee" | "revested" | "swept"
>;

export type Cause = "deposits" | "premiums" | "claims" | "withdrawals" | "fees";

/** A part of a bar, between two sizes of the capital. */
export interface Piece {
  cause: Cause;
  from: number;
  to: number;
}

/** One day: from the capital at its beginning up by what came in, then down by what went out. */
export interface Day {
  start: number;
  opening: number;
  top: number;
  closing: number;
  up: Piece[];
  down: Piece[];
}

/** For drawing: a day's steps end at the capital that the API gives for its end. */
export function daysOf(points: readonly Point[]): Day[] {
  return points.map((point) => {
    const usdc = (atoms: string) => approximate(atoms, USDC);
    const ins: [Cause, number][] = [
      ["deposits", usdc(point.deposited)],
      ["premiums", usdc(point.vested)],
    ];
    const outs: [Cause, number][] = [
      ["claims", usdc(point.claimed)],
      ["withdrawals", usdc(point.withdrawn)],
      ["fees", usdc(point.performance_fee) + usdc(point.revested) + usdc(point.swept)],
    ];
    const sum = (parts: [Cause, number][]) => parts.reduce((total, [, amount]) => total + amount, 0);
    const closing = usdc(point.capital);
    const top = closing + sum(outs);
    const opening = top - sum(ins);
    return { start: point.start, opening, top, closing, up: stacked(ins, opening, 1), down: stacked(outs, top, -1) };
  });
}

function stacked(parts: readonly [Cause, number][], from: number, sign: 1 | -1): Piece[] {
  let at = from;
  return parts
    .filter(([, amount]) => amount > 0)
    .map(([cause, amount]) => {
      const piece = { cause, from: at, to: at + sign * amount };
      at = piece.to;
      return piece;
    });
}

/** Round sizes for the axis, within the range and at most so many. */
export function roundSizes(low: number, high: number, most: number): number[] {
  const range = high - low;
  if (!(range > 0)) return [high];
  const power = 10 ** Math.floor(Math.log10(range / most));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => range / each <= most) ?? 10 * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, at) => (first + at) * step);
}
