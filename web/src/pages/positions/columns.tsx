import type { Schemas } from "@/api/client";
import { Missing, Money, Move, Percent } from "@/components/amounts";
import type { Column } from "@/components/table";
import { decimal, move } from "@/format/decimal";
import { LEVERAGE } from "@/format/scales";
import { ExplorerLink } from "@/transactions/explorer_link";

type Position = Schemas["PerpPosition"];
const NARROW_BPS = 15_000;

export const COLUMNS: readonly Column<Position>[] = [
  { key: "position", name: "Position", show: ({ position }) => <ExplorerLink address={position} /> },
  { key: "side", name: "Side", by: ({ side }) => side, show: ({ side }) => side },
  {
    key: "notional",
    name: "Notional",
    isNumber: true,
    by: ({ notional }) => BigInt(notional),
    show: ({ notional }) => <Money atoms={notional} places={0} />,
  },
  {
    key: "leverage",
    name: "Leverage",
    isNumber: true,
    by: ({ leverage }) => leverage,
    show: ({ leverage }) => `${decimal(String(leverage), LEVERAGE, 1)}×`,
  },
  {
    key: "margin",
    name: "Margin",
    isNumber: true,
    by: ({ margin }) => BigInt(margin),
    show: ({ margin }) => <Money atoms={margin} places={0} />,
  },
  {
    key: "profit",
    name: "Profit",
    isNumber: true,
    by: ({ profit }) => BigInt(profit),
    show: ({ profit }) => <Money atoms={profit} places={0} />,
  },
  { key: "health", name: "Margin health", isNumber: true, by: ({ health_bps }) => health_bps ?? null, show: health },
  {
    key: "distance",
    name: "To liquidation",
    isNumber: true,
    by: ({ distance_bps }) => distance_bps ?? null,
    show: ({ distance_bps }) =>
      distance_bps === null ? <Missing why="no price liquidates it" /> : <Move bps={distance_bps} />,
  },
];

function health({ health_bps, liquidatable }: Position) {
  const isNarrow = health_bps !== null && health_bps < NARROW_BPS;
  return (
    <span className="badge" data-tone={liquidatable ? "bad" : isNarrow ? "warn" : "good"}>
      {health_bps === null ? "safe" : <Percent bps={health_bps} places={0} />}
    </span>
  );
}

/** One column for each price move that the server has computed. */
export const movesOf = (first: Position | undefined): Column<Position>[] =>
  (first?.moves ?? []).map(({ move_bps }, at) => ({
    key: `move${move_bps}`,
    name: `Deficit at ${move(move_bps)}`,
    isNumber: true,
    show: ({ moves }) => {
      const deficit = moves[at]?.deficit ?? "0";
      return deficit === "0" ? <Missing why="none" /> : <Money atoms={deficit} places={0} rounded="up" />;
    },
  }));
