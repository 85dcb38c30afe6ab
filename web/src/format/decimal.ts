/** Integers of the API as people read them. Strings stay strings: no amount passes through a floating-point number. */

const GROUP = "\u202f"; // narrow no-break space

/**
 * Where the digits go that are not shown. `down`, toward minus infinity: what one has or gets, and a balance below zero is
 * shown no smaller than it is. `up`: what one pays or loses.
 */
export type Rounded = "down" | "up";

/**
 * `1234567` with 6 decimals and 2 places: `1.23`, grouped by thousands. What is not zero never stands as zero: an atom is
 * `<0.01`, or `0.01` rounded up.
 */
export function decimal(atoms: string, decimals: number, places: number = decimals, rounded: Rounded = "down"): string {
  if (!/^-?\d+$/.test(atoms)) throw new Error(`not an integer: ${atoms}`);
  const value = BigInt(atoms);
  const step = 10n ** BigInt(decimals - places);
  const units = rounded === "up" ? -floor(-value, step) : floor(value, step);
  if (units !== 0n || value === 0n) return fixed(units, places);
  return value > 0n ? `<${fixed(1n, places)}` : `>${fixed(-1n, places)}`;
}

function floor(value: bigint, step: bigint): bigint {
  const whole = value / step;
  return whole * step > value ? whole - 1n : whole;
}

function fixed(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, GROUP);
  const part = digits.slice(digits.length - places);
  return `${units < 0n ? "−" : ""}${whole}${part && `.${part}`}`;
}

/** What somebody typed, `1 250.5`, as atoms; null when it is no amount or has more places than the token. */
export function atomsOf(typed: string, decimals: number): string | null {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(typed.replace(/[\s_,']/g, ""));
  if (!match) return null;
  const [, whole = "0", part = ""] = match;
  if (part.length > decimals) return null;
  return (whole + part.padEnd(decimals, "0")).replace(/^0+(?=\d)/, "");
}

/** The move of a price: `+30 %`, `−50 %`. */
export const move = (bps: number | string, places = 2): string =>
  `${BigInt(bps) > 0n ? "+" : ""}${percent(bps, places)}`;

/** Hundredths of a percent as a percentage: 1 250 is `12.5 %`. */
export function percent(bps: number | string, places = 2): string {
  const shown = decimal(String(bps), 2, places);
  return `${shown.includes(".") ? shown.replace(/\.?0+$/, "") : shown}\u00a0%`;
}
