/** From a built transaction to a confirmed one: checked here, signed in the wallet, sent by the server. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { api, document, type Schemas } from "@/api/client";
import { CHAINS } from "@/wallet/chains";
import { useWallet } from "@/wallet/wallet_context";
import { sign } from "@/wallet/wallets";
import { fromBase64, toBase64 } from "./base64";
import type { Wanted } from "./check";
import { differences } from "./check";

export type Progress =
  | { at: "idle" }
  | { at: "building" | "signing" | "sending" }
  | { at: "confirming"; signature: string }
  | { at: "done"; signature: string }
  | { at: "refused"; sentences: readonly string[] }
  | { at: "failed"; error: unknown; signature?: string };

const POLL_MS = 400;

/** A built transaction, and what it has to be. */
export interface BuiltStep {
  found: Schemas["BuiltTransaction"];
  expected: Wanted;
}

interface Signing {
  progress: Progress;
  /** `build` makes the transaction once more with the bounds that were shown: blockhash and epoch do not last. */
  start: (build: () => Promise<BuiltStep>) => Promise<void>;
  reset: () => void;
}

export function useSigning(): Signing {
  const { connected } = useWallet();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>({ at: "idle" });
  const start = useCallback(
    async (build: () => Promise<BuiltStep>) => {
      let signature: string | undefined;
      try {
        if (!connected) throw new Error("No wallet is connected: connect one and try again");
        setProgress({ at: "building" });
        const { found: built, expected } = await build();
        const wire = fromBase64(built.transaction);
        const sentences = await differences(wire, expected);
        if (sentences.length > 0) return setProgress({ at: "refused", sentences });
        setProgress({ at: "signing" });
        const chain = CHAINS[expected.clusterName] ?? "solana:mainnet";
        const signed = await sign(connected.wallet, connected.account, wire, chain);
        // A wallet may add to a transaction; what it hands back is what counts.
        const changed = await differences(signed, expected);
        if (changed.length > 0) return setProgress({ at: "refused", sentences: changed });
        setProgress({ at: "sending" });
        const body = { transaction: toBase64(signed) };
        ({ signature } = document(await api.POST("/v1/transactions/send", { body })));
        setProgress({ at: "confirming", signature });
        await confirmed(signature, built.lifetime.last_valid_block_height);
        setProgress({ at: "done", signature });
        // What was built for the state before is void: it is built again when it is asked for, not now.
        await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "build" });
      } catch (error) {
        setProgress({ at: "failed", error, ...(signature !== undefined && { signature }) });
      }
    },
    [connected, queries],
  );
  const reset = useCallback(() => setProgress({ at: "idle" }), []);
  return { progress, start, reset };
}

/** Waits until the chain has it; throws what it failed with, or that it can no longer land. */
async function confirmed(signature: string, lastValid: string): Promise<void> {
  for (;;) {
    const found = document(
      await api.GET("/v1/transactions/{signature}/confirmation", {
        params: { path: { signature }, query: { last_valid_block_height: Number(lastValid) } },
      }),
    );
    if (found.code) throw new Error(`${found.code}: ${found.advice ?? "the transaction failed"}`);
    if (found.state === "confirmed") return;
    if (found.state === "expired")
      throw new Error("The transaction expired before it landed: nothing happened, try again");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
