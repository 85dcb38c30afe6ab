import type { Address } from "@solana/kit";
import { useQuery } from "@tanstack/react-query";
import { api, document, readStatus, type Schemas } from "@/api/client";
import { Failed, Loading } from "@/components/states";

import { CRANKS } from "@/transactions/allowed_check";
import { Review } from "@/transactions/review";
import { SignButton } from "@/transactions/sign_button";
import type { BuiltStep } from "@/transactions/use_signing";

interface CrankJobProps {
  market: string;
  job: Schemas["DueJob"];
  payer: string;
}

export function CrankJob({ market, job, payer }: CrankJobProps) {
  const build = () => buildCrank(market, job.key, payer as Address);
  const built = useQuery({
    queryKey: ["build", "crank", market, job.key, payer],
    staleTime: 0,
    retry: false,
    queryFn: build,
  });
  if (built.isPending) return <Loading what="the transaction" rows={3} />;
  if (built.isError) return <Failed what={job.title} error={built.error} again={() => void built.refetch()} />;
  return (
    <div className="stack">
      <h3>{job.title}</h3>
      <Review built={built.data.found} />
      <SignButton shown={built.data} rebuild={build}>
        Crank
      </SignButton>
    </div>
  );
}

async function buildCrank(market: string, job: string, payer: Address): Promise<BuiltStep> {
  const { cluster: clusterName } = await readStatus();
  const found = document(await api.POST("/v1/transactions/crank", { body: { market, job, payer } }));
  return { found, expected: { kind: "allowed", allowed: CRANKS, pays: {}, args: {}, clusterName, user: payer } };
}
