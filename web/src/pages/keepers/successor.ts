import type { Schemas } from "@/api/client";

type Due = Pick<Schemas["DueJobs"], "epoch" | "items">;

const EPOCH = /:\d+$/;

/** What has taken the place of a job since an epoch began: the same duty, due anew. Null where nothing has. */
export function successorOf(key: string, { epoch, items }: Due): Schemas["DueJob"] | null {
  if (!EPOCH.test(key)) return null;
  const anew = key.replace(EPOCH, `:${epoch}`);
  return (anew !== key && items.find((item) => item.key === anew)) || null;
}
