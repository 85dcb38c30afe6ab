import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import { Connection, type Line } from "./connection";
import { keyOf, type Topic, type Topics } from "./frames";
import type { TopicState } from "./topic_state";

const scheme = location.protocol === "https:" ? "wss" : "ws";
export const connection = new Connection(`${scheme}://${location.host}/v1/ws`);
window.addEventListener("online", () => connection.wake());

/**
 * Hear of a topic: `onNews` gets its state at once if it is known, and after each change. Returns whether it is kept up;
 * without a topic it is not.
 */
export function useFollow<Name extends keyof Topics>(
  topic: Topic<Name> | null,
  onNews: (state: TopicState<Topics[Name]>) => void,
): boolean {
  const latest = useRef(onNews);
  useEffect(() => {
    latest.current = onNews;
  });
  const key = topic && keyOf(topic);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the topic
  const subscribe = useCallback(
    (changed: () => void) => {
      if (!topic) return () => {};
      const hear = () => {
        const state = connection.state(topic);
        if (state && connection.isFresh(topic)) latest.current(state);
        changed();
      };
      hear();
      return connection.subscribe(topic, hear);
    },
    [key],
  );
  return useSyncExternalStore(subscribe, () => topic !== null && connection.isFresh(topic));
}

/** Whether live updates come in. */
export function useLine(): Line {
  return useSyncExternalStore(
    (listener) => connection.onLine(listener),
    () => connection.line,
  );
}
