/** What pages ask for, each with the pace at which it changes. Live topics make most of them refetch earlier. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, document, readStatus } from "./client";

const SECOND = 1_000;
const OFTEN = 4 * SECOND;
const SELDOM = 30 * SECOND;
const CONSTANT = 10 * 60 * SECOND;
const PAGE = 50;

export const useStatus = () => useQuery({ queryKey: ["status"], queryFn: readStatus, refetchInterval: OFTEN });

export const useTotals = () =>
  useQuery({
    queryKey: ["totals"],
    queryFn: async () => document(await api.GET("/v1/totals")),
    refetchInterval: OFTEN,
  });

export const useMarkets = () =>
  useQuery({
    queryKey: ["markets"],
    queryFn: async () => document(await api.GET("/v1/markets", { params: { query: { limit: 200 } } })),
    refetchInterval: OFTEN,
  });

export const useMarket = (market: string) =>
  useQuery({
    queryKey: ["market", market],
    queryFn: async () => document(await api.GET("/v1/markets/{market}", { params: { path: { market } } })),
    refetchInterval: OFTEN,
  });

export const useRisk = (market: string) =>
  useQuery({
    queryKey: ["risk", market],
    queryFn: async () => document(await api.GET("/v1/markets/{market}/risk", { params: { path: { market } } })),
    refetchInterval: OFTEN,
  });

export const useScores = (market: string) =>
  useQuery({
    queryKey: ["scores", market],
    queryFn: async () =>
      document(
        await api.GET("/v1/markets/{market}/risk/history", { params: { path: { market }, query: { limit: 200 } } }),
      ),
    refetchInterval: SELDOM,
  });

export const usePool = (market: string) =>
  useQuery({
    queryKey: ["pool", market],
    queryFn: async () => document(await api.GET("/v1/pools/{market}", { params: { path: { market } } })),
    refetchInterval: OFTEN,
  });

export const usePoolHistory = (market: string, step: "epoch" | "1h" | "4h" | "1d") =>
  useQuery({
    queryKey: ["pool-history", market, step],
    queryFn: async () =>
      document(await api.GET("/v1/pools/{market}/history", { params: { path: { market }, query: { step } } })),
    refetchInterval: SELDOM,
  });

export const useScenarios = (market: string) =>
  useQuery({
    queryKey: ["scenarios", market],
    queryFn: async () => document(await api.GET("/v1/pools/{market}/scenarios", { params: { path: { market } } })),
    refetchInterval: SELDOM,
  });

export const useCandles = (pair: string | null, interval: string) =>
  useQuery({
    queryKey: ["candles", pair, interval],
    enabled: pair !== null,
    queryFn: async () =>
      document(await api.GET("/v1/candles", { params: { query: { pair: pair ?? "", interval: interval as "1m" } } })),
    refetchInterval: OFTEN,
  });

export const usePortfolio = (provider: string | null) =>
  useQuery({
    queryKey: ["portfolio", provider],
    enabled: provider !== null,
    queryFn: async () =>
      document(await api.GET("/v1/providers/{provider}", { params: { path: { provider: provider ?? "" } } })),
    refetchInterval: OFTEN,
  });

export const useClaims = (market?: string) =>
  useInfiniteQuery({
    queryKey: ["claims", market ?? null],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) =>
      document(await api.GET("/v1/claims", { params: { query: { limit: PAGE, ...given({ cursor, market }) } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: OFTEN,
  });

export const useNoClaims = () =>
  useInfiniteQuery({
    queryKey: ["no-claims"],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) =>
      document(await api.GET("/v1/no-claims", { params: { query: { limit: PAGE, ...given({ cursor }) } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: SELDOM,
  });

export const useReceipt = (claim: string) =>
  useQuery({
    queryKey: ["claim", claim],
    queryFn: async () => document(await api.GET("/v1/claims/{claim}", { params: { path: { claim } } })),
    refetchInterval: OFTEN,
  });

export const useKeepers = () =>
  useQuery({
    queryKey: ["keepers"],
    queryFn: async () => document(await api.GET("/v1/keepers", { params: { query: { limit: 100 } } })),
    refetchInterval: OFTEN,
  });

export const useFees = () =>
  useQuery({ queryKey: ["fees"], queryFn: async () => document(await api.GET("/v1/fees")), staleTime: CONSTANT });

export const useRisks = () =>
  useQuery({ queryKey: ["risks"], queryFn: async () => document(await api.GET("/v1/risks")), staleTime: CONSTANT });

export const useParams = () =>
  useQuery({ queryKey: ["params"], queryFn: async () => document(await api.GET("/v1/params")), staleTime: CONSTANT });

export const usePrices = () =>
  useQuery({
    queryKey: ["prices"],
    queryFn: async () => document(await api.GET("/v1/prices")),
    refetchInterval: OFTEN,
  });

/** Only what is given: the API refuses empty parameters. */
function given<T extends Record<string, unknown>>(parameters: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as never;
}
