import type { Schemas } from "@/api/client";
import { decimal } from "@/format/decimal";
import { Missing } from "./amounts";

type Yield = Schemas["Yield"];

/** Parts of a million as percent with two places. */
const percentE6 = (value: number): string => `${decimal(String(value), 4, 2)}\u00a0%`;

/** A realised, trailing yield with its period; never without it. */
export function YieldFigure({ of }: { of: Yield | null }) {
  if (!of) return <Missing why="not enough history yet" />;
  if (of.apy_e6 === null || of.return_e6 === null) return <Later of={of} />;
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

/** What a share gained or lost in the period itself: a day's loss says nothing when it is made a year's. */
export function Return({ of }: { of: Yield }) {
  if (of.return_e6 === null) return <Later of={of} />;
  return (
    <span
      className="number"
      data-value=""
      title={`realised over the last ${of.days} d, net of claims and fees; no forecast`}
    >
      {of.return_e6 > 0 && "+"}
      {percentE6(of.return_e6)}
    </span>
  );
}

/** When there will be one; the server's whole reason is too long for a cell. */
const Later = ({ of }: { of: Yield }) => (
  <span className="missing" data-value="">
    after {of.days} d of history
  </span>
);
