# When the market's copy of the price may be traded on.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket
from lib.generated.params import SYNC_MAX_AGE, PRICE_MAX_AGE


# Every fill needs a recent sync (restrictions, caps) of a recent price: an old price is a free option on the house.
def require_fresh(market: PerpMarket, now: i64):
    assert market.synced and market.synced_at + SYNC_MAX_AGE >= now, 'E_SYNC_STALE: call sync_market of the risk engine first'
    assert market.publish_time + PRICE_MAX_AGE >= now, 'E_PRICE_STALE: push a new price and sync the market first'
