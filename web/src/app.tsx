import { lazy, Suspense, useEffect } from "react";
import { Route, Switch } from "wouter";
import { useStatus } from "@/api/queries";
import { Loading } from "@/components/states";
import { Home } from "@/pages/home/home";
import { NotFound } from "@/pages/not_found";
import { Shell } from "@/shell/shell";
import { tellChainTime } from "@/time/chain_time";

const Markets = lazy(() => import("@/pages/markets/markets").then((page) => ({ default: page.Markets })));
const Market = lazy(() => import("@/pages/market/market").then((page) => ({ default: page.Market })));
const Pool = lazy(() => import("@/pages/pool/pool").then((page) => ({ default: page.Pool })));
const Deposit = lazy(() => import("@/pages/deposit/deposit").then((page) => ({ default: page.Deposit })));
const Portfolio = lazy(() => import("@/pages/portfolio/portfolio").then((page) => ({ default: page.Portfolio })));
const Claims = lazy(() => import("@/pages/claims/claims").then((page) => ({ default: page.Claims })));
const Receipt = lazy(() => import("@/pages/claims/receipt").then((page) => ({ default: page.Receipt })));
const Positions = lazy(() => import("@/pages/positions/positions").then((page) => ({ default: page.Positions })));
const Create = lazy(() => import("@/pages/create/create").then((page) => ({ default: page.Create })));
const Docs = lazy(() => import("@/pages/docs/docs").then((page) => ({ default: page.Docs })));
const loadDirect = () => import("@/pages/direct").then((page) => ({ default: page.Direct }));
const Direct = lazy(loadDirect);
const Keepers = lazy(() => import("@/pages/keepers/keepers").then((page) => ({ default: page.Keepers })));
const Fees = lazy(() => import("@/pages/fees/fees").then((page) => ({ default: page.Fees })));
const Risks = lazy(() => import("@/pages/risks/risks").then((page) => ({ default: page.Risks })));
const Parameters = lazy(() => import("@/pages/parameters/parameters").then((page) => ({ default: page.Parameters })));
const System = lazy(() => import("@/pages/system/system").then((page) => ({ default: page.System })));

const IDLE_MS = 3_000;

export function App() {
  useClock();
  useDemoWallet();
  useWayAround();
  return (
    <Shell>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          <Route path="/" component={Home} />
          <Route path="/markets" component={Markets} />
          <Route path="/markets/:market" component={Market} />
          <Route path="/markets/:market/pool" component={Pool} />
          <Route path="/markets/:market/deposit" component={Deposit} />
          <Route path="/portfolio" component={Portfolio} />
          <Route path="/claims" component={Claims} />
          <Route path="/claims/:claim" component={Receipt} />
          <Route path="/keepers" component={Keepers} />
          <Route path="/positions" component={Positions} />
          <Route path="/create" component={Create} />
          <Route path="/docs" component={Docs} />
          <Route path="/direct" component={Direct} />
          <Route path="/fees" component={Fees} />
          <Route path="/risks" component={Risks} />
          <Route path="/parameters" component={Parameters} />
          <Route path="/system" component={System} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}

/** The chain's time comes with the status. */
function useClock(): void {
  const now = useStatus().data?.now;
  useEffect(() => {
    if (now !== undefined) tellChainTime(now);
  }, [now]);
}

/** On a local chain there is a wallet for everybody. */
function useDemoWallet(): void {
  const cluster = useStatus().data?.cluster;
  useEffect(() => {
    if (cluster === "localnet") void import("@/wallet/demo_wallet").then((wallet) => wallet.registerDemoWallet());
  }, [cluster]);
}

/** The page for a silent server has to be here before the server falls silent. */
function useWayAround(): void {
  useEffect(() => {
    const later = setTimeout(() => void loadDirect(), IDLE_MS);
    return () => clearTimeout(later);
  }, []);
}
