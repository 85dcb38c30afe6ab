/** What pages ask for: once from the REST API, then carried on by live topics (docs/web.md says which page by which). */

import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "@/live/live_query";
import { hasLost, renewed, replaced } from "@/live/merge";
import { api, document, readStatus, type Schemas } from "./client";
import { given } from "./given";
import { putPortfolio } from "./portfolio";

const SECOND = 1_000;
/** Histories and sums that only follow from what a topic tells are read again after a change, at most so often. */
const SOON = 5 * SECOND;
const LATER = 15 * SECOND;
const CONSTANT = 10 * 60 * SECOND;
const MARKETS = 200;
/** Open positions on the page: those nearest to liquidation. */
const PERPS = 200;

export const useStatus = () =>
  useLiveQuery({
    queryKey: ["status"],
    read: readStatus,
    topic: () => ({ topic: "status" }),
    put: (body, { status }) => ({ ...body, ...status }),
  });

export const useTotals = () =>
  useLiveQuery({
    queryKey: ["totals"],
    read: async () => document(await api.GET("/v1/totals")),
    topic: () => ({ topic: "market" }),
    rereadMs: SOON,
  });

const marketId = ({ market_id }: { market_id: string }) => market_id;

export const useMarkets = () =>
  useLiveQuery({
    queryKey: ["markets"],
    read: async () => document(await api.GET("/v1/markets", { params: { query: { limit: MARKETS } } })),
    topic: () => ({ topic: "market" }),
    put: (body, items) => ({
      ...body,
      items: body.next === null ? replaced(body.items, marketId, items) : renewed(body.items, marketId, items),
    }),
  });

/** The market's own figures are live; its leverage and funding are read again after a change. */
export const useMarket = (market: string) =>
  useLiveQuery({
    queryKey: ["market", market],
    read: async () => document(await api.GET("/v1/markets/{market}", { params: { path: { market } } })),
    topic: () => ({ topic: "market", market }),
    put: (body, items) => ({ ...body, market: items[market] ?? body.market }),
    rereadMs: LATER,
  });

export const useRisk = (market: string) =>
  useLiveQuery({
    queryKey: ["risk", market],
    read: async () => document(await api.GET("/v1/markets/{market}/risk", { params: { path: { market } } })),
    topic: () => ({ topic: "risk", market }),
    put: (body, items) => ({ ...body, ...items[market] }),
  });

/** A score is made once in an epoch. */
export const useScores = (market: string) =>
  useLiveQuery({
    queryKey: ["scores", market],
    read: async () =>
      document(
        await api.GET("/v1/markets/{market}/risk/history", { params: { path: { market }, query: { limit: 200 } } }),
      ),
    topic: () => ({ topic: "epoch", market }),
    rereadMs: SOON,
  });

/** The pool's own figures are live; yields and terms are read again after a change. */
export const usePool = (market: string) =>
  useLiveQuery({
    queryKey: ["pool", market],
    read: async () => document(await api.GET("/v1/pools/{market}", { params: { path: { market } } })),
    topic: () => ({ topic: "pool", market }),
    put: (body, items) => ({ ...body, pool: items[market] ?? body.pool }),
    rereadMs: LATER,
  });

export const usePoolHistory = (market: string, step: "epoch" | "1h" | "4h" | "1d") =>
  useLiveQuery({
    queryKey: ["pool-history", market, step],
    read: async () =>
      document(await api.GET("/v1/pools/{market}/history", { params: { path: { market }, query: { step } } })),
    topic: () => ({ topic: "pool", market }),
    rereadMs: LATER,
  });

export const useScenarios = (market: string) =>
  useLiveQuery({
    queryKey: ["scenarios", market],
    read: async () => document(await api.GET("/v1/pools/{market}/scenarios", { params: { path: { market } } })),
    topic: () => ({ topic: "pool", market }),
    rereadMs: LATER,
  });

/** Positions come, change and add up live; of one that was closed the last figures are read again. */
export const usePortfolio = (provider: string | null) =>
  useLiveQuery({
    queryKey: ["portfolio", provider],
    enabled: provider !== null,
    read: async () =>
      document(await api.GET("/v1/providers/{provider}", { params: { path: { provider: provider ?? "" } } })),
    topic: () => ({ topic: "position", owner: provider ?? "" }),
    put: putPortfolio,
    rereadMs: 0,
    rereadsAfter: hasLost,
  });

/** A receipt is read again when its claim moves on; once it is paid it stays as it is. */
export const useReceipt = (claim: string) =>
  useLiveQuery({
    queryKey: ["claim", claim],
    read: async () => document(await api.GET("/v1/claims/{claim}", { params: { path: { claim } } })),
    topic: (known: Schemas["Receipt"] | undefined) =>
      known ? { topic: "claims", market: known.claim.market_id } : null,
    rereadMs: SOON,
  });

/** Who cranked what follows from everything that happens on markets. */
export const useKeepers = () =>
  useLiveQuery({
    queryKey: ["keepers"],
    read: async () => document(await api.GET("/v1/keepers", { params: { query: { limit: 100 } } })),
    topic: () => ({ topic: "market" }),
    rereadMs: SOON,
  });

/** What is due, as a query by itself. */
export const cranksOf = (market: string, payer: string | undefined) => ({
  queryKey: ["cranks", market, payer ?? null],
  queryFn: async () =>
    document(await api.GET("/v1/markets/{market}/cranks", { params: { path: { market }, query: given({ payer }) } })),
});

export const useCranks = (market: string, payer: string | undefined) => {
  const { queryKey, queryFn: read } = cranksOf(market, payer);
  return useLiveQuery({
    queryKey,
    read,
    topic: () => ({ topic: "market", market }),
    rereadMs: SOON,
  });
};

/** Open positions on a market, the nearest to liquidation first. */
export const usePerps = (market: string) =>
  useLiveQuery({
    queryKey: ["perps", market],
    read: async () =>
      document(
        await api.GET("/v1/markets/{market}/positions", { params: { path: { market }, query: { limit: PERPS } } }),
      ),
    topic: () => ({ topic: "position", market }),
    put: (body, items) => ({
      ...body,
      items: Object.values(items)
        .filter((item) => "health_bps" in item)
        .sort(byDistance)
        .slice(0, PERPS),
    }),
  });

function byDistance(one: Schemas["PerpPosition"], other: Schemas["PerpPosition"]): number {
  const far = ({ distance_bps }: Schemas["PerpPosition"]) =>
    distance_bps === null ? Number.MAX_SAFE_INTEGER : Math.abs(distance_bps);
  return far(one) - far(other) || (one.position < other.position ? -1 : 1);
}

/** The epoch of now. */
export const useEpoch = () =>
  useLiveQuery({
    queryKey: ["epoch"],
    read: async () => document(await api.GET("/v1/epochs/current")),
    topic: () => ({ topic: "epoch" }),
    put: (body, { clock }) => ({ ...body, ...(clock && "epoch_seconds" in clock && clock) }),
  });

/** The price in use is live; how each source fares is read again. */
export const usePrices = () =>
  useLiveQuery({
    queryKey: ["prices"],
    read: async () => document(await api.GET("/v1/prices")),
    topic: () => ({ topic: "price" }),
    put: (body, items) => ({ ...body, items: replaced(body.items, ({ pair }) => pair, items) }),
    rereadMs: LATER,
  });

/** Alerts stand in the status; those that were cleared are read with them. */
export const useAlerts = () =>
  useQuery({
    queryKey: ["alerts"],
    queryFn: async () => document(await api.GET("/v1/alerts", { params: { query: { limit: 20 } } })),
    refetchInterval: LATER,
  });

export const useFees = () =>
  useQuery({ queryKey: ["fees"], queryFn: async () => document(await api.GET("/v1/fees")), staleTime: CONSTANT });

export const useRisks = () =>
  useQuery({ queryKey: ["risks"], queryFn: async () => document(await api.GET("/v1/risks")), staleTime: CONSTANT });

export const useParams = () =>
  useQuery({ queryKey: ["params"], queryFn: async () => document(await api.GET("/v1/params")), staleTime: CONSTANT });
