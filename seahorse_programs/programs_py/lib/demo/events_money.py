# Events of the market's own ledgers: house, insurance fund, fees, statistics and vesting profit.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket, TraderAccount


@dataclass
class HouseChanged(Event):
    market_id: Pubkey
    actor: Pubkey
    deposited: u64
    withdrawn: u64
    house: u64


@dataclass
class InsuranceFunded(Event):
    market_id: Pubkey
    actor: Pubkey
    amount: u64
    fund: u64


@dataclass
class FeesSettled(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    gross: u64


@dataclass
class FeesSwept(Event):
    market_id: Pubkey
    actor: Pubkey
    amount: u64
    house: u64


@dataclass
class StatisticsPushed(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    mean_epoch: u64
    mean_long: u64
    mean_short: u64
    mean_leverage: u64
    open_interest: u64
    depth: u64
    cum_funding: i64


@dataclass
class ProfitVested(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    withdrawn: u64
    units: u64
    claimable: u64
    market_units: u64
    market_claimable: u64


def emit_house_changed(market: PerpMarket, actor: Pubkey, deposited: u64, withdrawn: u64):
    e = HouseChanged(market.market_id, actor, deposited, withdrawn, market.house)
    e.emit()


def emit_insurance_funded(market: PerpMarket, actor: Pubkey, amount: u64):
    e = InsuranceFunded(market.market_id, actor, amount, market.fund)
    e.emit()


def emit_fees_settled(market: PerpMarket, actor: Pubkey, epoch: u64, slot: u64, gross: u64):
    e = FeesSettled(market.market_id, actor, epoch, slot, gross)
    e.emit()


def emit_fees_swept(market: PerpMarket, actor: Pubkey, amount: u64):
    e = FeesSwept(market.market_id, actor, amount, market.house)
    e.emit()


def emit_statistics_pushed(market: PerpMarket, actor: Pubkey, slot: u64, open_interest: u64):
    e = StatisticsPushed(
        market.market_id,
        actor,
        market.acc_epoch,
        slot,
        market.mean_epoch,
        market.mean_long,
        market.mean_short,
        market.mean_leverage,
        open_interest,
        market.depth,
        market.cum_funding,
    )
    e.emit()


# withdrawn is 0 when the profit only vested.
def emit_profit_vested(market: PerpMarket, trader: TraderAccount, slot: u64, withdrawn: u64):
    e = ProfitVested(
        market.market_id,
        trader.owner,
        trader.vest_epoch,
        slot,
        withdrawn,
        trader.units,
        trader.claimable,
        market.unvested_units,
        market.claimable,
    )
    e.emit()
