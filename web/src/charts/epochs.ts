/** Where epochs begin on a chart, and how many of them there is room for. */

export interface Epochs {
  /** Start of epoch 0, unix seconds. */
  genesis: number;
  /** Length, seconds. */
  seconds: number;
}

export interface Boundary {
  time: number;
  epoch: number;
}

/** Epochs that have a line and a number: every one, or as many as make hours and days at 15 minutes. */
const STEPS = [1, 2, 4, 8, 12, 24, 48, 96, 192, 384, 672];
const ROOM_FOR_NUMBER = 72;
const ROOM_FOR_TICK = 4;

/** The starts of all epochs that begin in a span of time. */
export function boundaries({ genesis, seconds }: Epochs, from: number, to: number): Boundary[] {
  const first = Math.max(0, Math.ceil((from - genesis) / seconds));
  const last = Math.floor((to - genesis) / seconds);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => ({
    epoch: first + at,
    time: genesis + (first + at) * seconds,
  }));
}

/** Every so-manieth epoch gets a numbered line when one is so many pixels wide. */
export const numberedStep = (pixels: number): number =>
  STEPS.find((step) => step * pixels >= ROOM_FOR_NUMBER) ?? STEPS[STEPS.length - 1] ?? 1;

/** Whether each epoch can have a tick of its own. */
export const hasTicks = (pixels: number): boolean => pixels >= ROOM_FOR_TICK;
