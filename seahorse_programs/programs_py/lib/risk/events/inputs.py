# Events of what market, pool and premium manager report.
from seahorse.prelude import *
from lib.risk.accounts import MarketInputs


# accepted: whether the report was newer than the one before; an older one changes nothing.
@dataclass
class StatisticsReceived(Event):
    market_id: Pubkey
    accepted: bool
    epoch_before: u64
    epoch_after: u64
    open_interest_long: u64
    open_interest_short: u64
    open_interest_now: u64
    mean_leverage: u64
    depth: u64
    cum_funding: i64


@dataclass
class ReserveReceived(Event):
    market_id: Pubkey
    epoch: u64
    available_before: u64
    available_after: u64
    pending_withdrawals: u64
    utilization_before: u64
    utilization_after: u64
    exit_before: bool
    exit_after: bool


@dataclass
class ArrearsReceived(Event):
    market_id: Pubkey
    epoch: u64
    before: bool
    after: bool


def emit_statistics(inputs: MarketInputs, accepted: bool, before: u64):
    event = StatisticsReceived(
        inputs.market_id, accepted, before, inputs.stats_epoch,
        inputs.open_interest_long, inputs.open_interest_short, inputs.open_interest_now,
        inputs.mean_leverage, inputs.depth, inputs.cum_funding,
    )
    event.emit()


def emit_reserve(inputs: MarketInputs, available: u64, utilization: u64, exit: bool):
    event = ReserveReceived(
        inputs.market_id, inputs.reserve_epoch, available, inputs.available_balance, inputs.pending_withdrawals,
        utilization, inputs.utilization_bps, exit, inputs.exit,
    )
    event.emit()


def emit_arrears(inputs: MarketInputs, before: bool):
    event = ArrearsReceived(inputs.market_id, inputs.arrears_epoch, before, inputs.arrears)
    event.emit()
