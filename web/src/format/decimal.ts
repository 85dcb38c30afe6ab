/** Integers of the API as people read them. Strings stay strings: no amount passes through a floating-point number. */

const GROUP = "\u202f"; // narrow no-break space

/** `1234567` with 6 decimals and 2 places: `1.23`, cut off, never rounded up; grouped by thousands. */
export function decimal(atoms: string, decimals: number, places: number = decimals): string {
  if (!/^-?\d+$/.test(atoms)) throw new Error(`not an integer: ${atoms}`);
  const sign = atoms.startsWith("-") ? "−" : "";
  const digits = atoms.replace("-", "").padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).slice(0, places);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, GROUP);
  const shown = part ? `${grouped}.${part}` : grouped;
  const isZero = !/[1-9]/.test(shown);
  return isZero ? shown : sign + shown;
}

/** What somebody typed, `1 250.5`, as atoms; null when it is no amount or has more places than the token. */
export function atomsOf(typed: string, decimals: number): string | null {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(typed.replace(/[\s_,']/g, ""));
  if (!match) return null;
  const [, whole = "0", part = ""] = match;
  if (part.length > decimals) return null;
  return (whole + part.padEnd(decimals, "0")).replace(/^0+(?=\d)/, "");
}

/** Hundredths of a percent as a percentage: 1 250 is `12.5 %`. */
export function percent(bps: number | string, places = 2): string {
  const shown = decimal(String(bps), 2, places);
  return `${shown.includes(".") ? shown.replace(/\.?0+$/, "") : shown}\u00a0%`;
}
