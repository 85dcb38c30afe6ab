import { useMemo } from "react";
import type { Schemas } from "@/api/client";
import type { Series } from "@/charts/chart";
import { LazyChart } from "@/charts/lazy_chart";
import { approximate } from "@/format/approximate";
import { USDC } from "@/format/scales";

/** What came in above the line, what went out below it, a bar for each day. */
export function FlowChart({ points }: { points: readonly Schemas["PoolPoint"][] }) {
  const series = useMemo<readonly Series[]>(() => {
    const bars = (pick: (point: Schemas["PoolPoint"]) => readonly string[], sign: 1 | -1, tone: "good" | "bad") => ({
      kind: "bars" as const,
      decimals: 0,
      data: points.map((point) => ({
        time: point.start,
        value: sign * pick(point).reduce((sum, atoms) => sum + approximate(atoms, USDC), 0),
        tone,
      })),
    });
    return [
      bars(({ deposited, vested }) => [deposited, vested], 1, "good"),
      bars(({ claimed, withdrawn, performance_fee }) => [claimed, withdrawn, performance_fee], -1, "bad"),
    ];
  }, [points]);
  return (
    <LazyChart name="Flows" label="Inflows and outflows by day, in the table below" series={series} height={200} />
  );
}
