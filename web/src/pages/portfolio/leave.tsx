import type { Address } from "@solana/kit";
import { useQuery } from "@tanstack/react-query";
import { api, document, type Schemas } from "@/api/client";
import { Money, Percent } from "@/components/amounts";
import { Figure } from "@/components/figure";
import { Line } from "@/components/stat";
import { Failed, Loaded, Loading, Notice } from "@/components/states";
import { Countdown, When } from "@/components/when";
import { titleOf } from "@/pages/markets/columns";
import { Review } from "@/transactions/review";
import { SignButton } from "@/transactions/sign_button";
import { type Action, buildLeave } from "./build_leave";

type Position = Schemas["Position"];

/** A request whose shares a payout has taken: executing it clears it. */
const WIPED = "E_GENERATION";

/** Leave a position: what it costs now against waiting, then request, wait, cancel or execute. */
export function Leave({ position }: { position: Position }) {
  const { market_id: market, provider, entry_epoch } = position;
  const quote = useQuery({
    queryKey: ["quote", "withdrawal", market, provider, entry_epoch],
    refetchInterval: 5_000,
    queryFn: async () =>
      document(await api.GET("/v1/quotes/withdrawal", { params: { query: { market, provider, entry_epoch } } })),
  });
  return (
    <section className="card" aria-label={`Withdraw from ${titleOf(position)}`}>
      <h2>
        <Figure name="title">Withdraw from {titleOf(position)}</Figure>
      </h2>
      <Loaded query={quote} what="Withdrawal" rows={4}>
        {(found) =>
          found.request ? (
            <Requested position={position} request={found.request} />
          ) : found.now ? (
            <Choice position={position} quote={found} />
          ) : (
            <Notice tone="good" title="Nothing is left of this position">
              What it paid you is in your wallet.
            </Notice>
          )
        }
      </Loaded>
    </section>
  );
}

function Choice({ position, quote }: { position: Position; quote: Schemas["WithdrawalQuote"] }) {
  return (
    <>
      <p>A request fixes value and fee and starts the notice. The capital stays at risk until it is paid.</p>
      <dl className="lines">
        {quote.now && <Terms name="Request now" leaving={quote.now} />}
        {quote.waiting && <Terms name="Request when the lock is over" leaving={quote.waiting} />}
        <Line name="Saved by waiting">
          <Money atoms={quote.saved_by_waiting} />
        </Line>
      </dl>
      {quote.warnings.map(({ code, words }) => (
        <Notice key={code} tone="warn" title={words} />
      ))}
      <Step position={position} action="request">
        Request the withdrawal
      </Step>
    </>
  );
}

function Terms({ name, leaving }: { name: string; leaving: Schemas["Leaving"] }) {
  return (
    <Line name={name}>
      <Money atoms={leaving.amount} /> after a fee of <Percent bps={leaving.early_fee_bps} /> (
      <Money atoms={leaving.early_fee} rounded="up" />)
      {leaving.payable && (
        <>
          , payable <When seconds={leaving.payable.time} />
        </>
      )}
    </Line>
  );
}

function Requested({ position, request }: { position: Position; request: Schemas["OpenRequest"] }) {
  // By the quote alone: the position is told earlier, and would be shown beside what was payable before.
  const isOver = request.blocked === null || request.blocked === WIPED;
  return (
    <>
      <p>
        <Figure name="request">{request.words}</Figure>
      </p>
      <dl className="lines">
        {isOver && (
          <Line name="Pays now">
            <Money atoms={request.pays_now} /> after a fee of <Money atoms={request.fee_now} rounded="up" />
          </Line>
        )}
        <Line name="Payable">
          <Countdown seconds={request.payable.time} done="since" /> (<When seconds={request.payable.time} />)
        </Line>
      </dl>
      {isOver && (
        <Step position={position} action="execute">
          Get it paid
        </Step>
      )}
      <Step position={position} action="cancel">
        Take the request back
      </Step>
    </>
  );
}

interface StepProps {
  position: Position;
  action: Action;
  children: string;
}

function Step({ position, action, children }: StepProps) {
  const whom = {
    user: position.provider as Address,
    market: position.market_id as Address,
    epoch: position.entry_epoch,
  };
  const built = useQuery({
    queryKey: ["build", action, position.position],
    staleTime: 0,
    refetchInterval: 20_000,
    retry: false,
    queryFn: () => buildLeave(action, whom),
  });
  if (built.isPending) return <Loading what={children} rows={2} />;
  if (!built.data) return <Failed what={children} error={built.error} again={() => void built.refetch()} />;
  return (
    <div className="stack" data-figures={action}>
      <Review built={built.data.found} />
      <SignButton shown={built.data} rebuild={(shown) => buildLeave(action, whom, shown)}>
        {children}
      </SignButton>
    </div>
  );
}
