/** Terms as people type them, and as the API takes them: a decimal point, never arithmetic. */

import { atomsOf, decimal } from "@/format/decimal";

const DECIMALS: Record<string, number> = { atoms: 6, bps: 2, epochs: 0, leverage: 4 };
const NAMES: Record<string, string> = { atoms: "USDC", bps: "%", epochs: "epochs", leverage: "×" };

const decimalsOf = (unit: string): number => {
  const found = DECIMALS[unit];
  if (found === undefined) throw new Error(`the API counts in ${unit}, which this page does not know`);
  return found;
};

/** What stands behind the field. */
export const unitName = (unit: string): string => NAMES[unit] ?? unit;

/** A whole number of the unit as people write it, `14` or `0.05`. */
export function typed(value: string, unit: string): string {
  const shown = decimal(value, decimalsOf(unit)).replaceAll("\u202f", "");
  return shown.includes(".") ? shown.replace(/\.?0+$/, "") : shown;
}

/** What was typed, in the unit; null when it is no number. */
export const wholeOf = (text: string, unit: string): string | null => atomsOf(text, decimalsOf(unit));
