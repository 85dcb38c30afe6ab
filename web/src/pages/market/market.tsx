import { Link } from "wouter";
import { useMarket } from "@/api/queries";
import { Loaded } from "@/components/states";
import { newest } from "@/live/merge";
import { useTopic } from "@/live/use_live";
import { Interest } from "./interest";
import { MarketHead } from "./market_head";
import { PriceChart } from "./price_chart";
import { Risk } from "./risk";

export function Market({ params }: { params: { market: string } }) {
  const query = useMarket(params.market);
  const live = useTopic({ topic: "market", market: params.market });
  return (
    <div className="stack">
      <p>
        <Link href="/markets">← All markets</Link>
      </p>
      <Loaded query={query} what="Market" rows={8}>
        {(detail) => (
          <>
            <MarketHead detail={{ ...detail, market: newest(detail.market, params.market, live) }} />
            <PriceChart market={detail.market} />
            <Risk market={detail.market.market_id} />
            <Interest detail={detail} />
          </>
        )}
      </Loaded>
    </div>
  );
}
