/**
 * The chain's time. On the local chain it runs faster than the wall's, so it is what the server last told, carried on at
 * the pace that its tellings show.
 */

import { useSyncExternalStore } from "react";

interface Telling {
  chain: number;
  wall: number;
}

const TICK_MS = 1_000;
/** Tellings are whole seconds: the pace shows only over several of them. */
const MEASURE_MS = 4_000;
/** A clock that was moved at once, as a local chain's is between two quarters of an hour, shows no pace. */
const JUMP_SECONDS = 120;
/** A clock that is shown does not step back for less. */
const SLACK_SECONDS = 2;
const listeners = new Set<() => void>();
let last: Telling | null = null;
/** Since when the pace is measured. */
let from: Telling | null = null;
let pace = 1;
let timer: ReturnType<typeof setInterval> | undefined;
let shown: number | null = null;

/** The server says what time it is on the chain, in seconds. */
export function tellChainTime(chain: number, wall: number = performance.now()): void {
  const expected = chainTime(wall);
  if (!from || expected === null || Math.abs(chain - expected) > JUMP_SECONDS) from = { chain, wall };
  if (wall - from.wall >= MEASURE_MS) {
    const measured = (chain - from.chain) / ((wall - from.wall) / 1_000);
    if (measured >= 0) pace = measured;
    from = { chain, wall };
  }
  if (last?.chain !== chain) last = { chain, wall };
  publish();
}

/** Seconds, or null as long as nobody has told. */
export function chainTime(wall: number = performance.now()): number | null {
  return last && Math.floor(last.chain + (pace * (wall - last.wall)) / 1_000);
}

function publish(): void {
  const now = chainTime();
  if (now === shown) return;
  if (now !== null && shown !== null && now < shown && shown - now <= SLACK_SECONDS * (pace + 1)) return;
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
