/** Claims by pages, the newest first; the live topic puts new ones on top of the first page. */

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { Topic } from "@/live/frames";
import { FALLBACK_MS, STALE_MS } from "@/live/live_query";
import { carriedOn } from "@/live/merge";
import { connection, useFollow } from "@/live/use_live";
import { putFirst, putLater } from "./claim_pages";
import { api, document, type Schemas } from "./client";
import { given } from "./given";

type Claims = Schemas["Claims"];
const PAGE = 50;
const SELDOM_MS = 30_000;

export function useClaims(market?: string) {
  const queries = useQueryClient();
  const queryKey = ["claims", market ?? null];
  const topic: Topic<"claims"> = { topic: "claims", ...given({ market }) };
  const isFresh = useFollow(topic, (state) => {
    queries.setQueryData<InfiniteData<Claims, string | undefined>>(
      queryKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page, at) =>
            carriedOn(page, state, at === 0 ? putFirst : putLater, state.isRolledBack),
          ),
        },
    );
  });
  return useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => {
      const query = { limit: PAGE, ...given({ cursor, market }) };
      const page = document(await api.GET("/v1/claims", { params: { query } }));
      const state = connection.isFresh(topic) ? connection.state(topic) : null;
      return state ? carriedOn(page, state, cursor === undefined ? putFirst : putLater) : page;
    },
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: isFresh ? Number.POSITIVE_INFINITY : STALE_MS,
    refetchInterval: (query) => (isFresh && query.state.data !== undefined ? false : FALLBACK_MS),
  });
}

/** Reports below the threshold; no topic has them. */
export const useNoClaims = () =>
  useInfiniteQuery({
    queryKey: ["no-claims"],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) =>
      document(await api.GET("/v1/no-claims", { params: { query: { limit: PAGE, ...given({ cursor }) } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: SELDOM_MS,
  });
