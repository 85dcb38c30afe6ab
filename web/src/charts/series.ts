/** What a chart is given. Times are unix seconds, ascending; values are for drawing only. */

export interface Point {
  time: number;
  value: number;
}

export interface Candle {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
}

export interface Mark {
  time: number;
  text: string;
  tone: "accent" | "bad" | "soft";
}

/** A value that means something: drawn as a dashed line across, with its name. */
export interface Level {
  value: number;
  name: string;
  tone: Tone;
}

export type Tone = "accent" | "good" | "warn" | "bad" | "ink-soft";

interface Common {
  marks?: readonly Mark[];
  levels?: readonly Level[];
  decimals: number;
  /** Of a line or an area. */
  tone?: Tone;
}

export type Series =
  | ({ kind: "candles"; data: readonly Candle[] } & Common)
  | ({ kind: "line" | "area"; data: readonly Point[] } & Common);
