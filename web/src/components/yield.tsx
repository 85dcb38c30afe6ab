import type { Schemas } from "@/api/client";
import { decimal } from "@/format/decimal";
import { Missing } from "./amounts";

/** Parts of a million as percent with two places. */
const percentE6 = (value: number): string => `${decimal(String(value), 4, 2)} %`;

/** A realised, trailing yield; never without its period and what a share really gained or lost in it. */
export function YieldFigure({ of }: { of: Schemas["Yield"] | null }) {
  if (!of || of.apy_e6 === null || of.return_e6 === null)
    return <Missing why={of?.reason ?? "not enough history yet"} />;
  return (
    <span
      className="number"
      data-value=""
      title={`realised over the last ${of.days} d, net of claims and fees; no forecast`}
    >
      {percentE6(of.apy_e6)}{" "}
      <span className="unit">
        ({percentE6(of.return_e6)} in {of.days} d)
      </span>
    </span>
  );
}
