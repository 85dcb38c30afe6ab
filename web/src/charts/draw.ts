import {
  AreaSeries,
  CandlestickSeries,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  LineStyle,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { color } from "./colors";
import type { Mark, Series } from "./series";

/** One series on a chart: new data replaces the old, so that whoever zoomed in stays there. */
export class Drawn {
  readonly api: ISeriesApi<"Candlestick" | "Line" | "Area">;
  readonly kind: Series["kind"];
  private readonly marks: ISeriesMarkersPluginApi<Time>;
  private levels: IPriceLine[] = [];

  constructor(chart: IChartApi, series: Series) {
    this.kind = series.kind;
    this.api = added(chart, series);
    this.marks = createSeriesMarkers(this.api, []);
    this.update(series);
  }

  update(series: Series): void {
    this.api.setData(series.data.map((point) => ({ ...point, time: point.time as UTCTimestamp })) as never);
    this.marks.setMarkers((series.marks ?? []).map(marker));
    for (const line of this.levels) this.api.removePriceLine(line);
    this.levels = (series.levels ?? []).map(({ value, name, tone }) =>
      this.api.createPriceLine({
        price: value,
        title: name,
        color: color(tone),
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
        axisLabelVisible: false,
      }),
    );
  }
}

function added(chart: IChartApi, { kind, decimals, tone = "accent" }: Series): Drawn["api"] {
  const format = { priceFormat: { type: "price" as const, precision: decimals, minMove: 10 ** -decimals } };
  if (kind === "candles")
    return chart.addSeries(CandlestickSeries, {
      ...format,
      upColor: color("good"),
      downColor: color("bad"),
      wickUpColor: color("good"),
      wickDownColor: color("bad"),
      borderVisible: false,
    }) as Drawn["api"];
  if (kind === "area")
    return chart.addSeries(AreaSeries, {
      ...format,
      lineColor: color(tone),
      topColor: color("accent-soft"),
      bottomColor: color("card"),
      lineWidth: 2,
    }) as Drawn["api"];
  return chart.addSeries(LineSeries, { ...format, color: color(tone), lineWidth: 2 }) as Drawn["api"];
}

const marker = (mark: Mark): SeriesMarker<Time> => ({
  time: mark.time as UTCTimestamp,
  position: mark.tone === "bad" ? "belowBar" : "aboveBar",
  shape: mark.tone === "bad" ? "arrowUp" : "circle",
  color: color(mark.tone === "soft" ? "ink-soft" : mark.tone),
  text: mark.text,
});
