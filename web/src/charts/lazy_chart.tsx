import { type ComponentProps, lazy, Suspense } from "react";
import type Chart from "./chart";

const Drawn = lazy(() => import("./chart"));

/** The chart's library comes only when a chart is on the page; its place is kept. */
export function LazyChart(props: ComponentProps<typeof Chart>) {
  return (
    <Suspense fallback={<div className="chart" data-height={(props.height ?? 320) > 240 ? "tall" : "low"} />}>
      <Drawn {...props} />
    </Suspense>
  );
}
