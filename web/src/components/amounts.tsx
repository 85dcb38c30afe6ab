import { decimal, move, percent, type Rounded } from "@/format/decimal";
import { useChanges } from "./use_changes";

interface MoneyProps {
  /** Whole atoms as the API gives them. */
  atoms: string;
  decimals?: number;
  places?: number;
  unit?: string | null;
  /** `up` for what is paid or lost. */
  rounded?: Rounded;
  /** Said on hover too. */
  note?: string;
}

/** An amount with its unit; the whole of it on hover, since the page shows cents. */
export function Money({ atoms, decimals = 6, places = 2, unit = "USDC", rounded = "down", note }: MoneyProps) {
  const whole = `${decimal(atoms, decimals)}${unit ? ` ${unit}` : ""}`;
  return (
    <data
      value={atoms}
      className="number"
      title={note ? `${whole}; ${note}` : whole}
      data-value=""
      data-changed={useChanges(atoms)}
    >
      {decimal(atoms, decimals, places, rounded)}
      {unit && <span className="unit"> {unit}</span>}
    </data>
  );
}

export function Percent({ bps, places = 2 }: { bps: number | string; places?: number }) {
  return (
    <data value={String(bps)} className="number" data-value="" data-changed={useChanges(String(bps))}>
      {percent(bps, places)}
    </data>
  );
}

/** How far a price moves, with its sign. */
export function Move({ bps }: { bps: number }) {
  return (
    <data value={bps} className="number" data-value="" data-changed={useChanges(String(bps))}>
      {move(bps)}
    </data>
  );
}

/** Stands where a figure does not exist yet, and says why. */
export function Missing({ why }: { why: string }) {
  return (
    <span className="missing" title={why} data-value="">
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{why}</span>
    </span>
  );
}
