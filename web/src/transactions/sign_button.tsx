import type { ReactNode } from "react";
import { explain } from "@/api/problem";
import { Notice } from "@/components/states";
import { useWallet } from "@/wallet/wallet_context";
import { ExplorerLink } from "./explorer_link";
import { type BuiltStep, type Progress, useSigning } from "./use_signing";

interface SignButtonProps {
  /** What the page shows. */
  shown: BuiltStep | undefined;
  /** The same once more, no worse than what was shown. */
  rebuild: (shown: BuiltStep) => Promise<BuiltStep>;
  children: ReactNode;
}

const BUSY = ["building", "signing", "sending", "confirming"] as const;
const WORDS: Record<(typeof BUSY)[number], string> = {
  building: "Preparing …",
  signing: "Waiting for your wallet …",
  sending: "Sending …",
  confirming: "Waiting for the chain …",
};
const isBusy = (at: Progress["at"]): at is (typeof BUSY)[number] => (BUSY as readonly string[]).includes(at);

/** Signs and sends; says what happens, and what became of it. */
export function SignButton({ shown, rebuild, children }: SignButtonProps) {
  const { connected } = useWallet();
  const { progress, start } = useSigning();
  const isReady = shown?.found.simulation.success === true && connected !== null;
  return (
    <div className="stack">
      <button
        type="button"
        className="button primary"
        disabled={!isReady || isBusy(progress.at)}
        aria-busy={isBusy(progress.at)}
        onClick={() => shown && void start(() => rebuild(shown))}
      >
        {isBusy(progress.at) ? WORDS[progress.at] : connected ? children : "Connect a wallet first"}
      </button>
      <Outcome progress={progress} />
    </div>
  );
}

function Outcome({ progress }: { progress: Progress }) {
  switch (progress.at) {
    case "done":
      return (
        <Notice tone="good" title="Done">
          <ExplorerLink signature={progress.signature} />
        </Notice>
      );
    case "refused":
      return (
        <Notice tone="bad" title="Not signed: the transaction is not what you were shown">
          <ul>
            {progress.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          Nothing was sent. Load the page again; if it happens again, do not use this server.
        </Notice>
      );
    case "failed": {
      const { title, advice } = explain(progress.error);
      return (
        <Notice tone="bad" title={title === "unexpected error" ? "It did not work" : title}>
          {advice} {progress.signature && <ExplorerLink signature={progress.signature} />}
        </Notice>
      );
    }
    default:
      return null;
  }
}
