import { useSyncExternalStore } from "react";
import { Link } from "wouter";
import { explain, Unreachable } from "@/api/problem";
import { useStatus } from "@/api/queries";
import { Notice } from "@/components/states";
import { WITHOUT_SERVER } from "@/fallback/last_node";
import { FALLBACK_MS } from "@/live/live_query";
import { useRollBack } from "@/live/roll_back";
import { useLine } from "@/live/use_live";
import { CHAINS } from "@/wallet/chains";
import { useWallet } from "@/wallet/wallet_context";

const SECOND_MS = 1_000;

const onNetwork = (listener: () => void) => {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
};

/** What concerns every page: no network, no server, no live updates, dropped slots, a wallet on another cluster. */
export function Banners() {
  const isOnline = useSyncExternalStore(onNetwork, () => navigator.onLine);
  const status = useStatus();
  const line = useLine();
  const isRolledBack = useRollBack();
  const { connected } = useWallet();
  if (!isOnline)
    return (
      <Notice tone="warn" title="You are offline">
        Figures on this page are the last ones that arrived.
      </Notice>
    );
  if (status.isError && status.error instanceof Unreachable)
    return (
      <Notice tone="bad" title="The server does not answer">
        {explain(status.error).advice} <Link href={WITHOUT_SERVER}>Read them there</Link>, or wait: this page tries
        again by itself.
      </Notice>
    );
  if (line === "lost")
    return (
      <Notice tone="warn" title="Live updates are interrupted">
        Figures are asked for every {FALLBACK_MS / SECOND_MS} seconds until they come by themselves again.
      </Notice>
    );
  if (isRolledBack)
    return (
      <Notice title="The chain took back its newest blocks">
        What was shown of them did not happen; figures on this page are read again.
      </Notice>
    );
  const chain = status.data && CHAINS[status.data.cluster];
  if (connected && chain && !connected.account.chains.some((each) => each === chain))
    return (
      <Notice tone="warn" title={`Your wallet is not on ${status.data?.cluster}`}>
        Switch its network to {status.data?.cluster}, or choose another wallet: what it signs now would not be valid
        here.
      </Notice>
    );
  return null;
}
