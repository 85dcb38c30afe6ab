import { decimal, percent } from "@/format/decimal";
import { LEVERAGE } from "@/format/scales";

const NANO_PERCENT = 7;

/** What a factor was measured from, in the unit that the API names. */
export function measured(raw: string, unit: string): string {
  if (unit === "leverage") return `${decimal(raw, LEVERAGE, 1)}×`;
  if (unit === "bps") return percent(raw);
  if (unit === "nano") return `${decimal(raw, NANO_PERCENT, 4).replace(/\.?0+$/, "")}\u00a0%`;
  throw new Error(`the API measures in ${unit}, which this page does not know`);
}
