# Reports of market and pool.
from seahorse.prelude import *
from lib.risk.accounts import MarketInputs


# Takes means of an epoch that is newer than the last one reported; says whether it did.
def take_statistics(
    inputs: MarketInputs, epoch: u64, oi_long: u64, oi_short: u64, oi_now: u64, mean_leverage: u64, depth: u64,
    cum_funding: i64,
) -> bool:
    if inputs.has_stats and epoch <= inputs.stats_epoch:
        return False
    inputs.has_stats = True
    inputs.stats_epoch = epoch
    inputs.open_interest_long = oi_long
    inputs.open_interest_short = oi_short
    inputs.open_interest_now = oi_now
    inputs.mean_leverage = mean_leverage
    inputs.depth = depth
    inputs.cum_funding = cum_funding
    return True


def take_reserve(
    inputs: MarketInputs, epoch: u64, available: u64, pending: u64, utilization_bps: u64, exit: bool,
):
    inputs.available_balance = available
    inputs.pending_withdrawals = pending
    inputs.utilization_bps = utilization_bps
    inputs.reserve_epoch = epoch
    inputs.exit = exit
    inputs.has_reserve = True
