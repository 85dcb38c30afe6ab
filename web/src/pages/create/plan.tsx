import type { Address } from "@solana/kit";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api, document, readStatus, type Schemas } from "@/api/client";
import { Money } from "@/components/amounts";
import { Figure } from "@/components/figure";
import { Line } from "@/components/stat";
import { Failed, Loaded, Loading, Notice } from "@/components/states";
import { SOL } from "@/format/scales";
import { CREATION, type ExpectedAllowed } from "@/transactions/allowed_check";
import { Review } from "@/transactions/review";
import { SignButton } from "@/transactions/sign_button";
import type { BuiltStep } from "@/transactions/use_signing";
import { Checklist } from "./checklist";

type MarketRequest = Schemas["MarketRequest"];
const POLL_MS = 5_000;

/** What it takes, transaction by transaction; the chain says which ones are done. */
export function Plan({ request }: { request: MarketRequest }) {
  const query = useQuery({
    queryKey: ["market-plan", request],
    refetchInterval: POLL_MS,
    retry: false,
    queryFn: async () => document(await api.POST("/v1/market-plans", { body: request })),
  });
  return (
    <section className="card" aria-labelledby="plan">
      <h2 id="plan">The plan</h2>
      <Loaded query={query} what="The plan" rows={5}>
        {(plan) => (
          <>
            <p>
              <Figure name="cost">
                Still to be paid: <Money atoms={plan.lamports} decimals={SOL} places={6} unit="SOL" rounded="up" />, of
                which <Money atoms={plan.rent} decimals={SOL} places={6} unit="SOL" rounded="up" /> stay in the market’s
                accounts
                {plan.money.map(({ purpose, amount }) => (
                  <span key={purpose}>
                    , and <Money atoms={amount} rounded="up" /> as its {purpose}
                  </span>
                ))}
                .
              </Figure>
            </p>
            <dl className="lines">
              {plan.terms.map(({ name, title, shown, meaning }) => (
                <Line key={name} name={title}>
                  {shown}. {meaning}
                </Line>
              ))}
            </dl>
            {plan.obstacles.map(({ code, words }) => (
              <Notice key={code} tone="warn" title={words} />
            ))}
            <ol>
              {plan.transactions.map(({ number, title, state }) => (
                <li key={number}>
                  {title}{" "}
                  <span className="badge" data-tone={state === "done" ? "good" : undefined}>
                    {state}
                  </span>
                </li>
              ))}
            </ol>
            {plan.complete ? (
              <Notice tone="good" title="Every transaction is done">
                <Link href={`/markets/${plan.market_id}`}>Open the market</Link>
              </Notice>
            ) : (
              plan.obstacles.length === 0 && (
                <NextStep
                  request={{ ...request, index: plan.index }}
                  step={plan.transactions.find(({ state }) => state === "next")?.number ?? 0}
                />
              )
            )}
            <Checklist market={plan.market_id} isBegun={plan.transactions.some(({ state }) => state === "done")} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function NextStep({ request, step }: { request: MarketRequest; step: number }) {
  const build = () => buildStep(request);
  const built = useQuery({
    queryKey: ["build", "market", request, step],
    staleTime: 0,
    retry: false,
    refetchInterval: 30_000,
    queryFn: build,
  });
  if (built.isPending) return <Loading what="the next transaction" rows={3} />;
  if (!built.data) return <Failed what="The next transaction" error={built.error} again={() => void built.refetch()} />;
  const { found } = built.data;
  return (
    <>
      <h3>{found.summary.title}</h3>
      <Review built={found} />
      <SignButton shown={built.data} rebuild={build}>
        Sign this step
      </SignButton>
    </>
  );
}

async function buildStep(request: MarketRequest): Promise<BuiltStep> {
  const { cluster } = await readStatus();
  const { built } = document(await api.POST("/v1/transactions/register-market", { body: request }));
  return { found: built, expected: expectedStep(request, cluster) };
}

/** Any step of a market with these terms and no more of this money. */
function expectedStep(request: MarketRequest, clusterName: string): ExpectedAllowed {
  const terms = Object.entries(request.terms ?? {}).flatMap(([name, value]) =>
    value ? [[name, BigInt(value)] as const] : [],
  );
  return {
    kind: "allowed",
    allowed: CREATION,
    user: request.creator as Address,
    clusterName,
    pays: {
      fund_first_loss: BigInt(request.stake ?? "0"),
      fund_house: BigInt(request.house ?? "0"),
      fund_insurance: BigInt(request.fund ?? "0"),
    },
    args: Object.fromEntries(terms),
  };
}
