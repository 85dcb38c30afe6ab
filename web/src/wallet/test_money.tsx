import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, document } from "@/api/client";
import { explain } from "@/api/problem";
import { useStatus } from "@/api/queries";
import { Notice } from "@/components/states";
import { decimal } from "@/format/decimal";
import { USDC } from "@/format/scales";
import { useWallet } from "./wallet_context";

/** SOL and test USDC for the connected wallet; local chains only, where both are worth nothing. */
export function TestMoney() {
  const { connected } = useWallet();
  const { data: status } = useStatus();
  const queries = useQueryClient();
  const to = connected?.account.address;
  const give = useMutation({
    mutationFn: async () => document(await api.POST("/v1/faucet", { body: { to: to ?? "" } })),
    onSuccess: () => queries.invalidateQueries(),
  });
  if (status?.cluster !== "localnet" || !to) return null;
  return (
    <div className="row">
      <button type="button" className="button" disabled={give.isPending} onClick={() => give.mutate()}>
        {give.isPending ? "On its way …" : "Get test money"}
      </button>
      {give.data && (
        <Notice
          tone="good"
          figure="test money"
          title={`Your wallet holds ${decimal(give.data.usdc, USDC, 2)} test USDC`}
        >
          Worth nothing, like everything on this local chain.
        </Notice>
      )}
      {give.isError && (
        <Notice tone="bad" title="No test money">
          {explain(give.error).advice}
        </Notice>
      )}
    </div>
  );
}
