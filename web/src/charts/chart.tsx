import { createChart, type IChartApi } from "lightweight-charts";
import { useEffect, useRef, useState } from "react";
import { look, onTheme } from "./colors";
import { Drawn } from "./draw";
import { EpochMarks } from "./epoch_marks";
import { boundaries, type Epochs } from "./epochs";
import type { Series } from "./series";
import "./chart.css";

interface ChartProps {
  /** What tests call it. */
  name: string;
  /** What the chart shows, for those who don't see it: its latest figures in words. */
  label: string;
  series: readonly Series[];
  height?: number;
  /** Marks where epochs begin, on the first series. */
  epochs?: Epochs | undefined;
  /** Somebody looks at the beginning of what there is: they may want to see further back. */
  onLeftEdge?: () => void;
}

/** Points left of the view below which more are asked for: before the edge is reached. */
const NEAR_LEFT = 20;

interface Made {
  chart: IChartApi;
  drawn: Drawn[];
  marks: EpochMarks | null;
}

/** Time series. Figures in a chart are approximate; the exact ones stand beside it. */
export default function Chart({ name, label, series, height = 320, epochs, onLeftEdge }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const made = useRef<Made | null>(null);
  const [theme, setTheme] = useState(0);
  const kinds = series.map(({ kind }) => kind).join();
  const hasEpochs = epochs !== undefined;
  const onEdge = useRef(onLeftEdge);
  onEdge.current = onLeftEdge;

  useEffect(() => onTheme(() => setTheme((count) => count + 1)), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for another theme or other kinds of series only
  useEffect(() => {
    if (!box.current) return;
    const chart = createChart(box.current, { autoSize: true, ...look(hasEpochs) });
    const drawn = series.map((each) => new Drawn(chart, each));
    const marks = hasEpochs ? new EpochMarks() : null;
    if (marks) drawn[0]?.api.attachPrimitive(marks);
    chart.timeScale().fitContent();
    chart.timeScale().subscribeVisibleLogicalRangeChange((seen) => seen && seen.from < NEAR_LEFT && onEdge.current?.());
    made.current = { chart, drawn, marks };
    return () => {
      made.current = null;
      chart.remove();
    };
  }, [theme, kinds, hasEpochs]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart that was made anew has no epochs yet
  useEffect(() => {
    if (!made.current) return;
    const { drawn, marks } = made.current;
    for (const [at, each] of series.entries()) drawn[at]?.update(each);
    const times = series[0]?.data ?? [];
    const [first, last] = [times[0], times[times.length - 1]];
    if (marks && epochs && first && last) marks.update(boundaries(epochs, first.time, last.time));
  }, [series, epochs, theme, kinds, hasEpochs]);

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
