import { useCallback, useSyncExternalStore } from "react";
import { Connection, type Line } from "./connection";
import type { Topic } from "./frames";
import type { TopicState } from "./topic_state";

const scheme = location.protocol === "https:" ? "wss" : "ws";
const connection = new Connection(`${scheme}://${location.host}/v1/ws`);

/** A topic as it is now, and anew with each change; null until its first snapshot. */
export function useTopic({ topic, market, owner, pair }: Topic): TopicState | null {
  const wanted: Topic = {
    topic,
    ...(market !== undefined && { market }),
    ...(owner !== undefined && { owner }),
    ...(pair !== undefined && { pair }),
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` is made of these
  const subscribe = useCallback(
    (listener: () => void) => connection.subscribe(wanted, listener),
    [topic, market, owner, pair],
  );
  return useSyncExternalStore(subscribe, () => connection.state(wanted));
}

/** Whether live updates come in. */
export function useLine(): Line {
  return useSyncExternalStore(
    (listener) => connection.onLine(listener),
    () => connection.line,
  );
}
