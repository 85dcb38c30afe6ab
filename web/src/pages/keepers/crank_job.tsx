import type { Address } from "@solana/kit";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, document, readStatus, type Schemas } from "@/api/client";
import { Problem } from "@/api/problem";
import { Failed, Loading } from "@/components/states";
import { CRANKS } from "@/transactions/allowed_check";
import { Review } from "@/transactions/review";
import { SignButton } from "@/transactions/sign_button";
import type { BuiltStep } from "@/transactions/use_signing";
import { NoLonger } from "./no_longer";

interface CrankJobProps {
  market: string;
  job: Schemas["DueJob"];
  payer: string;
  /** Another job instead, which took the place of this one. */
  onTake: (successor: Schemas["DueJob"]) => void;
}

const isOver = (error: unknown): boolean => error instanceof Problem && error.code === "not_due";

export function CrankJob({ market, job, payer, onTake }: CrankJobProps) {
  const [isTooLate, setTooLate] = useState(false);
  const build = () => buildCrank(market, job.key, payer as Address);
  const built = useQuery({
    queryKey: ["build", "crank", market, job.key, payer],
    staleTime: 0,
    retry: false,
    queryFn: build,
  });
  const rebuild = () =>
    build().catch((error: unknown) => {
      setTooLate(isOver(error));
      throw error;
    });
  if (built.isPending) return <Loading what="the transaction" rows={3} />;
  // What was built once stays on the page when it is done, though it is not due any more.
  if (isTooLate || (!built.data && isOver(built.error)))
    return <NoLonger market={market} job={job} payer={payer} onTake={onTake} />;
  if (!built.data) return <Failed what={job.title} error={built.error} again={() => void built.refetch()} />;
  return (
    <div className="stack">
      <h3>{job.title}</h3>
      <Review built={built.data.found} />
      <SignButton shown={built.data} rebuild={rebuild}>
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
