import {
  AreaSeries,
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  LineSeries,
  type SeriesMarker,
  type UTCTimestamp,
} from "lightweight-charts";
import { useEffect, useRef } from "react";
import "./chart.css";

export interface Point {
  time: number;
  value: number;
  tone?: "good" | "bad";
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

export type Series =
  | { kind: "candles"; data: readonly Candle[]; marks?: readonly Mark[]; decimals: number }
  | { kind: "line" | "area" | "bars"; data: readonly Point[]; marks?: readonly Mark[]; decimals: number };

interface ChartProps {
  /** What tests call it. */
  name: string;
  /** What the chart shows, for those who don't see it: its latest figures in words. */
  label: string;
  series: readonly Series[];
  height?: number;
}

/** Time series. Figures in a chart are approximate; the exact ones stand beside it. */
export default function Chart({ name, label, series, height = 320 }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<IChartApi | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const made = createChart(box.current, { autoSize: true, ...look() });
    chart.current = made;
    const drawn = draw(made, series);
    made.timeScale().fitContent();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const repaint = () => made.applyOptions(look());
    dark.addEventListener("change", repaint);
    const themed = new MutationObserver(repaint);
    themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      dark.removeEventListener("change", repaint);
      themed.disconnect();
      drawn.length = 0;
      made.remove();
      chart.current = null;
    };
  }, [series]);
  return (
    <div
      ref={box}
      className="chart"
      role="img"
      aria-label={label}
      data-height={height > 240 ? "tall" : "low"}
      data-figure={`chart:${name}`}
    />
  );
}

const color = (name: string): string => {
  // A canvas needs a plain colour; the browser resolves light-dark() for an element, not for a property.
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

const look = () => ({
  layout: {
    background: { type: ColorType.Solid as const, color: color("card") },
    textColor: color("ink-soft"),
    attributionLogo: false,
  },
  grid: { vertLines: { color: color("line") }, horzLines: { color: color("line") } },
  timeScale: { timeVisible: true, secondsVisible: false, borderColor: color("line") },
  rightPriceScale: { borderColor: color("line") },
});

function draw(chart: IChartApi, series: readonly Series[]): unknown[] {
  return series.map((each) => {
    const format = { priceFormat: { type: "price" as const, precision: each.decimals, minMove: 10 ** -each.decimals } };
    const added =
      each.kind === "candles"
        ? chart.addSeries(CandlestickSeries, {
            ...format,
            upColor: color("good"),
            downColor: color("bad"),
            wickUpColor: color("good"),
            wickDownColor: color("bad"),
            borderVisible: false,
          })
        : each.kind === "bars"
          ? chart.addSeries(HistogramSeries, { ...format, color: color("accent") })
          : each.kind === "area"
            ? chart.addSeries(AreaSeries, {
                ...format,
                lineColor: color("accent"),
                topColor: color("accent-soft"),
                bottomColor: color("card"),
                lineWidth: 2,
              })
            : chart.addSeries(LineSeries, { ...format, color: color("accent"), lineWidth: 2 });
    added.setData(
      each.data.map((point) => ({
        ...point,
        time: point.time as UTCTimestamp,
        ...("tone" in point && point.tone && { color: color(point.tone) }),
      })) as never,
    );
    if (each.marks?.length) createSeriesMarkers(added as never, each.marks.map(marker) as never);
    return added;
  });
}

const marker = (mark: Mark): SeriesMarker<UTCTimestamp> => ({
  time: mark.time as UTCTimestamp,
  position: mark.tone === "bad" ? "belowBar" : "aboveBar",
  shape: mark.tone === "bad" ? "arrowUp" : "circle",
  color: color(mark.tone === "soft" ? "ink-soft" : mark.tone),
  text: mark.text,
});
