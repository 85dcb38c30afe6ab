# Relations between accounts, and the bounds of a market's terms.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket, PerpPosition, TraderAccount, OPEN
from lib.generated.params import PRICE_MAX


# Fees, maintenance and liquidation fee in basis points; the depth bounds the size of a trade.
def require_bounds(depth: u64, trading_fee_bps: u64, maintenance_bps: u64, liquidation_fee_bps: u64):
    fee_ok = trading_fee_bps >= 1 and trading_fee_bps <= 100
    maintenance_ok = maintenance_bps >= 50 and maintenance_bps <= 1000
    depth_ok = depth > 0 and depth <= PRICE_MAX
    bounded = fee_ok and maintenance_ok and depth_ok and liquidation_fee_bps <= 200
    assert bounded, 'E_BOUNDS: depth above 0, fee 1..100, maintenance 50..1000, liquidation fee 0..200 bps'


# The position is this market's and still open.
def require_position(market: PerpMarket, position: PerpPosition):
    assert position.market == market.market_id, 'E_RELATION: the position belongs to another market'
    assert position.state == OPEN, 'E_STATE: the position is not open'


# The trader account is this market's and this owner's.
def require_own(market: PerpMarket, trader: TraderAccount, owner: Pubkey):
    assert trader.market == market.market_id and trader.owner == owner, 'E_RELATION: not the trader account of this market and owner'
