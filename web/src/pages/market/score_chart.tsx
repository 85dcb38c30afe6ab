import { useMemo } from "react";
import type { Schemas } from "@/api/client";
import type { Series } from "@/charts/chart";
import { LazyChart } from "@/charts/lazy_chart";
import { decimal } from "@/format/decimal";
import { SCORE } from "@/format/scales";

/** The composite score by epoch, oldest first. */
export function ScoreChart({ points }: { points: readonly Schemas["ScorePoint"][] }) {
  const series = useMemo<readonly Series[]>(() => {
    const data = [...points].reverse().map(({ time, score }) => ({ time, value: score / 10 ** SCORE }));
    return [{ kind: "line", data: data.filter(({ time }, at) => time !== data[at + 1]?.time), decimals: 3 }];
  }, [points]);
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
