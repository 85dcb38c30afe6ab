/** Queries that begin with the REST API and are carried on by a live topic: one cache, so one way to a page. */

import { type QueryKey, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Topic, Topics } from "./frames";
import { carriedOn, type Dated } from "./merge";
import type { Items, TopicState } from "./topic_state";
import { connection, useFollow } from "./use_live";

/** How often is asked while nothing comes in by itself. */
export const FALLBACK_MS = 10_000;
/** For so long what was read counts as of now, before its topic has said anything. */
export const STALE_MS = 5_000;

const always = () => true;

interface LiveQuery<Body extends Dated, Name extends keyof Topics> {
  queryKey: QueryKey;
  read: () => Promise<Body>;
  enabled?: boolean;
  /** Which topic; it may depend on what is known so far. */
  topic: (known: Body | undefined) => Topic<Name> | null;
  /** The body with the topic's items in it. Without it a change only makes the query read again. */
  put?: (body: Body, items: Items<Topics[Name]>) => Body;
  /** Parts of the body that no topic has are read again after a change, at most so often; left out: there are none. */
  rereadMs?: number;
  /** After which changes; left out: after any. */
  rereadsAfter?: (before: Items<Topics[Name]>, now: Items<Topics[Name]>) => boolean;
}

export function useLiveQuery<Body extends Dated, Name extends keyof Topics>({
  queryKey,
  read,
  enabled = true,
  topic: topicOf,
  put,
  rereadMs,
  rereadsAfter = always,
}: LiveQuery<Body, Name>): UseQueryResult<Body> {
  const queries = useQueryClient();
  const topic = enabled ? topicOf(queries.getQueryData(queryKey)) : null;
  const reread = useReread(queryKey, rereadMs, rereadsAfter);
  const isFresh = useFollow(topic, (state) => {
    if (put) queries.setQueryData<Body>(queryKey, (body) => body && carriedOn(body, state, put, state.isRolledBack));
    reread(state);
  });
  return useQuery({
    queryKey,
    enabled,
    queryFn: async () => {
      const body = await read();
      const state = topic && connection.isFresh(topic) ? connection.state(topic) : null;
      return state && put ? carriedOn(body, state, put) : body;
    },
    staleTime: isFresh ? Number.POSITIVE_INFINITY : STALE_MS,
    refetchInterval: (query) => (isFresh && query.state.data !== undefined ? false : FALLBACK_MS),
  });
}

/** A function that hears of each state and asks for the query again after a change, at most every so many milliseconds. */
function useReread<Item>(
  queryKey: QueryKey,
  everyMs: number | undefined,
  matters: (before: Items<Item>, now: Items<Item>) => boolean,
): (state: TopicState<Item>) => void {
  const queries = useQueryClient();
  const known = useRef<TopicState<Item> | null>(null);
  const last = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (state) => {
    const before = known.current;
    known.current = state;
    if (everyMs === undefined || !before || before === state || !matters(before.items, state.items)) return;
    const ask = () => {
      last.current = performance.now();
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey, exact: true });
    };
    const wait = last.current + everyMs - performance.now();
    if (wait <= 0) ask();
    else timer.current ??= setTimeout(ask, wait);
  };
}
