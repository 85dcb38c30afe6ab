import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  Time,
  UTCTimestamp,
} from "lightweight-charts";
import { color } from "./colors";
import { type Boundary, hasTicks, numberedStep } from "./epochs";

type Canvas = Parameters<IPrimitivePaneRenderer["draw"]>[0];

const TICK = 5;
const FONT = "11px system-ui, sans-serif";

/** A tick for each epoch that begins, and a line with its number for as many as there is room for. */
export class EpochMarks implements ISeriesPrimitive<Time> {
  private chart: IChartApi | null = null;
  private readonly ink = { line: color("line"), tick: color("ink-soft") };
  private readonly views: readonly IPrimitivePaneView[] = [
    { zOrder: () => "normal", renderer: () => ({ draw: (canvas: Canvas) => this.draw(canvas) }) },
  ];
  private boundaries: readonly Boundary[] = [];
  private redraw: () => void = () => {};

  attached({ chart, requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.chart = chart as IChartApi;
    this.redraw = requestUpdate;
  }

  detached(): void {
    this.chart = null;
  }

  update(boundaries: readonly Boundary[]): void {
    this.boundaries = boundaries;
    this.redraw();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.views;
  }

  private draw(canvas: Canvas): void {
    const placed = this.placed();
    const [first, last] = [placed[0], placed[placed.length - 1]];
    if (!first || !last || first === last) return;
    const pixels = (last.x - first.x) / (last.epoch - first.epoch);
    const step = numberedStep(pixels);
    // biome-ignore lint/correctness/useHookAtTopLevel: a canvas method whose name only looks like a hook's
    canvas.useMediaCoordinateSpace(({ context, mediaSize: { width, height } }) => {
      context.font = FONT;
      context.textBaseline = "top";
      for (const { x, epoch } of placed) {
        if (x < 0 || x > width) continue;
        const isNumbered = epoch % step === 0;
        if (!isNumbered && !hasTicks(pixels)) continue;
        context.fillStyle = isNumbered ? this.ink.line : this.ink.tick;
        context.fillRect(Math.round(x), isNumbered ? 0 : height - TICK, 1, isNumbered ? height : TICK);
        if (!isNumbered) continue;
        context.fillStyle = this.ink.tick;
        context.fillText(String(epoch), Math.round(x) + 4, 2);
      }
    });
  }

  private placed(): { x: number; epoch: number }[] {
    const scale = this.chart?.timeScale();
    if (!scale) return [];
    return this.boundaries.flatMap(({ time, epoch }) => {
      const index = scale.timeToIndex(time as UTCTimestamp, true);
      const x = index === null ? null : scale.logicalToCoordinate(index as never);
      return x === null ? [] : [{ x, epoch }];
    });
  }
}
