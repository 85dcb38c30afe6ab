/** Times: local on the page, UTC on hover. The chain's seconds are unix seconds. */

const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const UTC = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long", timeZone: "UTC" });

export const localTime = (seconds: number): string => LOCAL.format(seconds * 1000);
export const utcTime = (seconds: number): string => UTC.format(seconds * 1000);
export const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString();

const UNITS: readonly [number, string][] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

/** `3 d 4 h`: the two largest units that are not zero. */
export function duration(seconds: number): string {
  let rest = Math.max(0, Math.trunc(seconds));
  const parts: string[] = [];
  for (const [size, unit] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "0 s";
}
