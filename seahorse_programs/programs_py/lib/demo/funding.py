# Funding between the sides: the heavier side pays the lighter one, at whole epochs only.
# cum_funding is what a long has owed per unit of notional since the start, 1e9 = 100 %; a short owes the negative.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket, PerpPosition
from lib.generated.params import FUNDING_MAX_8H, FUNDING_EPOCHS

FUNDING_ONE = 1_000_000_000


# cum_funding at an epoch not before the one it was last accrued to, with the open interest unchanged since.
def funding_at(market: PerpMarket, epoch: u64) -> i64:
    both = i128(market.oi_long) + i128(market.oi_short)
    if both == 0:
        return market.cum_funding
    skew = i128(market.oi_long) - i128(market.oi_short)
    rate = skew * FUNDING_MAX_8H // both
    passed = i128(epoch - market.acc_epoch)
    return market.cum_funding + i64(passed * rate // FUNDING_EPOCHS)


# What the position owes (negative: receives); owed rounds up, received down.
def funding_owed(position: PerpPosition, cum_funding: i64) -> i64:
    change = i128(cum_funding) - i128(position.entry_funding)
    if not position.is_long:
        change = 0 - change
    product = change * i128(position.notional)
    if product > 0:
        return i64((product + FUNDING_ONE - 1) // FUNDING_ONE)
    return i64(product // FUNDING_ONE)
