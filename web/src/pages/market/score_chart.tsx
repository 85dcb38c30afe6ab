import { useMemo } from "react";
import type { Schemas } from "@/api/client";
import { LazyChart } from "@/charts/lazy_chart";
import type { Series } from "@/charts/series";
import { decimal } from "@/format/decimal";
import { SCORE } from "@/format/scales";

interface ScoreChartProps {
  points: readonly Schemas["ScorePoint"][];
  grades: Schemas["RiskDetail"]["grades"];
}

/** The composite score by epoch, oldest first, with the scores at which grades end. */
export function ScoreChart({ points, grades }: ScoreChartProps) {
  const series = useMemo<readonly Series[]>(() => {
    const data = [...points].reverse().map(({ time, score }) => ({ time, value: score / 10 ** SCORE }));
    const levels = grades.flatMap(({ grade, score_below }) =>
      score_below === null
        ? []
        : [{ value: score_below / 10 ** SCORE, name: `${grade} ends`, tone: "ink-soft" as const }],
    );
    return [{ kind: "line", data: data.filter(({ time }, at) => time !== data[at + 1]?.time), levels, decimals: 3 }];
  }, [points, grades]);
  const newest = points[0];
  if (!newest) return null;
  return (
    <LazyChart
      name="Score"
      label={`Score over time, now ${decimal(String(newest.score), SCORE, 3)}`}
      series={series}
      height={200}
    />
  );
}
