import { useQuery } from "@tanstack/react-query";
import { api, document } from "@/api/client";
import { Loaded } from "@/components/states";

const POLL_MS = 5_000;

/** What is still missing until the market takes its first trade. */
export function Checklist({ market, isBegun }: { market: string; isBegun: boolean }) {
  const query = useQuery({
    queryKey: ["checklist", market],
    enabled: isBegun,
    refetchInterval: POLL_MS,
    queryFn: async () => document(await api.GET("/v1/markets/{market}/checklist", { params: { path: { market } } })),
  });
  if (!isBegun) return null;
  return (
    <>
      <h3>Until it is live</h3>
      <Loaded query={query} what="Checklist" rows={3}>
        {({ items }) => (
          <ul className="plain">
            {items.map(({ name, done, words }) => (
              <li key={name}>
                <span className="badge" data-tone={done ? "good" : "warn"}>
                  {done ? "done" : "missing"}
                </span>{" "}
                {words}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
