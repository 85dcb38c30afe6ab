import { useMemo, useRef } from "react";
import type { Schemas } from "@/api/client";
import { useWidth } from "@/charts/use_width";
import { type Cause, type Day, daysOf, type Piece, roundSizes } from "./waterfall_steps";
import "./waterfall.css";

const HEIGHT = 264;
const AXIS = 56;
const FOOT = 26;
const HEAD = 22;
const LEAST_DAY = 46;
const ROOM_FOR_TOTAL = 64;
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const CAUSES: readonly [Cause, string][] = [
  ["deposits", "Deposits"],
  ["premiums", "Premiums"],
  ["claims", "Claims paid"],
  ["withdrawals", "Withdrawals"],
  ["fees", "Fees and forgone gains"],
];

/** The capital of a pool from day to day: up by what came in, down by what went out. */
export function Waterfall({ points }: { points: readonly Schemas["PoolPoint"][] }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const days = useMemo(() => daysOf(points), [points]);
  const room = width === null ? 0 : Math.max(1, Math.floor((width - AXIS) / LEAST_DAY));
  const used = new Set(days.flatMap(({ up, down }) => [...up, ...down].map(({ cause }) => cause)));
  return (
    <>
      <div ref={box} className="waterfall">
        {width !== null && width > AXIS && <Picture days={days.slice(-room)} width={width} />}
      </div>
      <ul className="legend">
        {CAUSES.filter(([cause]) => used.has(cause)).map(([cause, name]) => (
          <li key={cause}>
            <span className="key" data-cause={cause} aria-hidden="true" />
            {name}
          </li>
        ))}
        <li>
          <span className="key line" data-tone="soft" aria-hidden="true" />
          Providers’ capital at a day’s end
        </li>
      </ul>
    </>
  );
}

function Picture({ days, width }: { days: readonly Day[]; width: number }) {
  const sizes = days.flatMap(({ opening, top, closing }) => [opening, top, closing]);
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const floor = Math.max(0, low - (high - low) * 0.15);
  const whole = high - floor || 1;
  const y = (size: number) => HEAD + (1 - (size - floor) / whole) * (HEIGHT - HEAD - FOOT);
  const step = (width - AXIS) / days.length;
  const bar = Math.min(step * 0.32, 56);
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      data-figure="chart:Flows"
      aria-label="Providers’ capital by day as a waterfall; its figures are in the table below"
    >
      {roundSizes(floor, high, 5).map((size) => (
        <g key={size}>
          <line className="grid-line" x1={0} x2={width - AXIS} y1={y(size)} y2={y(size)} />
          <text x={width - AXIS + 8} y={y(size) + 4}>
            {SHORT.format(size)}
          </text>
        </g>
      ))}
      {days.map((day, at) => {
        const middle = (at + 0.5) * step;
        const end = at === days.length - 1 ? middle + bar + 1 : (at + 1.5) * step - bar - 1;
        return (
          <g key={day.start}>
            <Pieces pieces={day.up} x={middle - bar - 1} width={bar} y={y} />
            <Pieces pieces={day.down} x={middle + 1} width={bar} y={y} />
            <line className="running" x1={middle - bar - 1} x2={middle + bar + 1} y1={y(day.top)} y2={y(day.top)} />
            <line className="running" x1={middle + 1} x2={end} y1={y(day.closing)} y2={y(day.closing)} />
            {step >= ROOM_FOR_TOTAL && (
              <text className="total" {...totalAt(day, middle, bar, y)}>
                {SHORT.format(day.closing)}
              </text>
            )}
            <text className="day" x={middle} y={HEIGHT - 7}>
              {DAY.format(day.start * 1000)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Where a day's total is written: at the line that it is of, beside no bar. */
const totalAt = ({ down, closing }: Day, middle: number, bar: number, y: (size: number) => number) =>
  down.some(({ from, to }) => y(to) - y(from) > 4)
    ? { x: middle + bar / 2 + 1, y: y(closing) + 15 }
    : { x: middle + bar / 2 + 1, y: y(closing) - 7 };

interface PiecesProps {
  pieces: readonly Piece[];
  x: number;
  width: number;
  y: (size: number) => number;
}

/** What is too small to see is a pixel high: it happened. */
const Pieces = ({ pieces, x, width, y }: PiecesProps) =>
  pieces.map(({ cause, from, to }) => (
    <rect
      key={cause}
      data-cause={cause}
      x={x}
      width={width}
      y={y(Math.max(from, to))}
      height={Math.max(Math.abs(y(from) - y(to)), 1.5)}
    />
  ));
