/**
 * The chain's time. On the local chain it runs faster than the wall's, so it is what the server last told, carried on at
 * the pace that the last two tellings show.
 */

import { useSyncExternalStore } from "react";

interface Telling {
  chain: number;
  wall: number;
}

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let last: Telling | null = null;
let pace = 1;
let timer: ReturnType<typeof setInterval> | undefined;
let shown: number | null = null;

/** The server says what time it is on the chain, in seconds. */
export function tellChainTime(chain: number, wall: number = performance.now()): void {
  if (last && wall - last.wall > TICK_MS) {
    const measured = (chain - last.chain) / ((wall - last.wall) / 1_000);
    if (measured >= 0) pace = measured;
    last = { chain, wall };
  } else if (!last || chain > last.chain) {
    last = { chain, wall: last && chain === last.chain ? last.wall : wall };
  }
  publish();
}

/** Seconds, or null as long as nobody has told. */
export function chainTime(wall: number = performance.now()): number | null {
  return last && Math.floor(last.chain + (pace * (wall - last.wall)) / 1_000);
}

function publish(): void {
  const now = chainTime();
  if (now === shown) return;
  shown = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(publish, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The chain's time in seconds, once a second anew. */
export function useChainTime(): number | null {
  return useSyncExternalStore(subscribe, () => shown);
}
