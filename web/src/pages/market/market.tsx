import { Link } from "wouter";
import { useMarket } from "@/api/queries";
import { Loaded } from "@/components/states";
import { Interest } from "./interest";
import { MarketHead } from "./market_head";
import { PriceChart } from "./price_chart";
import { Risk } from "./risk";
import "./market.css";

export function Market({ params }: { params: { market: string } }) {
  const query = useMarket(params.market);
  return (
    <div className="stack">
      <p>
        <Link href="/markets">← All markets</Link>
      </p>
      <Loaded query={query} what="Market" rows={8}>
        {(detail) => (
          <>
            <MarketHead detail={detail} />
            <PriceChart market={detail.market} />
            <Risk market={detail.market.market_id} />
            <Interest detail={detail} />
          </>
        )}
      </Loaded>
    </div>
  );
}
