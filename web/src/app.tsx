import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Loading } from "@/components/states";
import { Home } from "@/pages/home/home";
import { NotFound } from "@/pages/not_found";
import { Shell } from "@/shell/shell";

const Markets = lazy(() => import("@/pages/markets/markets").then((page) => ({ default: page.Markets })));

export function App() {
  return (
    <Shell>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          <Route path="/" component={Home} />
          <Route path="/markets" component={Markets} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
