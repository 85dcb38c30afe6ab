import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Schemas } from "@/api/client";
import { cranksOf } from "@/api/queries";
import { Loaded, Notice } from "@/components/states";
import { successorOf } from "./successor";

type Job = Schemas["DueJob"];

interface NoLongerProps {
  market: string;
  job: Job;
  payer: string;
  onTake: (successor: Job) => void;
}

/** What became of a job that is not due any more, and what there is instead: by one click. */
export function NoLonger({ market, job, payer, onTake }: NoLongerProps) {
  const queries = useQueryClient();
  const now = useQuery({
    queryKey: ["instead", market, job.key, payer],
    // The table above is read anew by it too.
    queryFn: () => queries.fetchQuery({ ...cranksOf(market, payer), staleTime: 0 }),
  });
  return (
    <Loaded query={now} what="What is due now" rows={1}>
      {(due) => {
        const successor = successorOf(job.key, due);
        if (!successor)
          return (
            <Notice tone="warn" title="No longer due: somebody was faster, or nobody needs it any more">
              Nothing was sent. What is due now stands above.
            </Notice>
          );
        return (
          <Notice tone="warn" title="A new epoch has begun since you chose this">
            <p>Nothing was sent. The same is due for the new epoch: {successor.title}.</p>
            <button
              type="button"
              className="button"
              disabled={successor.possible === false}
              title={successor.advice ?? undefined}
              onClick={() => onTake(successor)}
            >
              Take the new one
            </button>
          </Notice>
        );
      }}
    </Loaded>
  );
}
