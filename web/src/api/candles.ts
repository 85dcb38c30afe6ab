/** Candles of a pair: the newest are followed, older ones come a page at a time and stay while the page is open. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import { useLiveQuery } from "@/live/live_query";
import { withEarlier, withKnown } from "./candle_pages";
import { api, document, type Schemas } from "./client";
import { given } from "./given";

type Candles = Schemas["Candles"];

const SELDOM_MS = 15_000;

const read = async (pair: string, to?: number): Promise<Candles> =>
  document(await api.GET("/v1/candles", { params: { query: { pair, interval: "15m", ...given({ to }) } } }));

/** The query, and what asks for one page before it: as often as somebody wants to see further back. */
export function useCandles(pair: string | null) {
  const queries = useQueryClient();
  const queryKey = useMemo(() => ["candles", pair], [pair]);
  const asked = useRef({ pair, isBusy: false, isWhole: false });
  if (asked.current.pair !== pair) asked.current = { pair, isBusy: false, isWhole: false };
  const query = useLiveQuery({
    queryKey,
    enabled: pair !== null,
    read: async () => withKnown(await read(pair ?? ""), queries.getQueryData(queryKey)),
    topic: () => ({ topic: "price", pair: pair ?? "" }),
    rereadMs: SELDOM_MS,
  });
  const showEarlier = useCallback(async () => {
    const state = asked.current;
    const first = queries.getQueryData<Candles>(queryKey)?.items[0];
    if (pair === null || !first || state.isBusy || state.isWhole) return;
    state.isBusy = true;
    const earlier = await read(pair, first.start).catch(() => null);
    state.isBusy = false;
    if (!earlier) return; // Who goes on looking asks again.
    state.isWhole = earlier.items.length === 0;
    queries.setQueryData<Candles>(queryKey, (known) =>
      known?.items[0]?.start === first.start ? withEarlier(known, earlier) : known,
    );
  }, [queries, queryKey, pair]);
  return { query, showEarlier };
}
