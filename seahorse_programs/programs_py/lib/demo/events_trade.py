# Events of trading and of claims; each carries the market's ledgers as they are afterwards.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket, PerpPosition
from lib.demo.closing import Close
from lib.demo.liquidation import Outcome


@dataclass
class PositionOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    nonce: u64
    is_long: bool
    size: u64
    entry_price: u64
    notional: u64
    margin: u64
    leverage: u64
    fee: u64
    entry_funding: i64
    oi_long: u64
    oi_short: u64
    margins: u64
    fees_due: u64


@dataclass
class MarginAdded(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    nonce: u64
    amount: u64
    margin_before: u64
    margin: u64
    leverage: u64
    margins: u64


@dataclass
class PositionClosed(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    nonce: u64
    exit_price: u64
    fee: u64
    principal: u64
    profit: u64
    shortfall: u64
    oi_long: u64
    oi_short: u64
    margins: u64
    house: u64
    unvested_units: u64
    fees_due: u64


@dataclass
class PositionLiquidated(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    owner: Pubkey
    nonce: u64
    forced: bool
    price: u64
    equity: i64
    margin: u64
    keeper_paid: u64
    to_fund: u64
    to_trader: u64
    deficit: u64
    fund_paid: u64
    counted: u64
    excess: u64
    deficit_counter: u64
    oi_long: u64
    oi_short: u64
    margins: u64
    house: u64
    fund: u64
    unvested_units: u64
    profit_index: u64
    bad_debt: u64


@dataclass
class DeficitSubmitted(Event):
    market_id: Pubkey
    actor: Pubkey
    deficit_counter: u64
    margin_counter: u64
    fund_counter: u64
    unvested_profit: u64


@dataclass
class DeficitCovered(Event):
    market_id: Pubkey
    actor: Pubkey
    net: u64
    uncovered: u64
    from_profit: u64
    house_before: u64
    house: u64
    unvested_units: u64
    profit_index: u64
    bad_debt: u64


def emit_opened(market: PerpMarket, position: PerpPosition, slot: u64, fee: u64):
    e = PositionOpened(
        market.market_id,
        position.owner,
        market.acc_epoch,
        slot,
        position.nonce,
        position.is_long,
        position.size,
        position.entry_price,
        position.notional,
        position.margin,
        position.leverage,
        fee,
        position.entry_funding,
        market.oi_long,
        market.oi_short,
        market.margins,
        market.fees_due,
    )
    e.emit()


def emit_margin_added(market: PerpMarket, position: PerpPosition, slot: u64, amount: u64):
    e = MarginAdded(
        market.market_id,
        position.owner,
        market.acc_epoch,
        slot,
        position.nonce,
        amount,
        position.margin - amount,
        position.margin,
        position.leverage,
        market.margins,
    )
    e.emit()


def emit_closed(market: PerpMarket, position: PerpPosition, slot: u64, result: Close):
    e = PositionClosed(
        market.market_id,
        position.owner,
        market.acc_epoch,
        slot,
        position.nonce,
        result.price,
        result.fee,
        result.principal,
        result.profit,
        result.shortfall,
        market.oi_long,
        market.oi_short,
        market.margins,
        market.house,
        market.unvested_units,
        market.fees_due,
    )
    e.emit()


# forced: resolved by the pool's authority past the extreme breach.
def emit_liquidated(market: PerpMarket, position: PerpPosition, actor: Pubkey, slot: u64, forced: bool, result: Outcome):
    e = PositionLiquidated(
        market.market_id,
        actor,
        market.acc_epoch,
        slot,
        position.owner,
        position.nonce,
        forced,
        result.price,
        result.equity,
        position.margin,
        result.keeper,
        result.to_fund,
        result.to_trader,
        result.deficit,
        result.fund_paid,
        result.counted,
        result.excess,
        market.deficit_counter,
        market.oi_long,
        market.oi_short,
        market.margins,
        market.house,
        market.fund,
        market.unvested_units,
        market.profit_index,
        market.bad_debt,
    )
    e.emit()


def emit_submitted(market: PerpMarket, actor: Pubkey, unvested_profit: u64):
    e = DeficitSubmitted(market.market_id, actor, market.deficit_counter, market.margin_counter, market.fund_counter, unvested_profit)
    e.emit()


def emit_covered(market: PerpMarket, net: u64, uncovered: u64, from_profit: u64, house_before: u64):
    e = DeficitCovered(
        market.market_id,
        market.handler_authority,
        net,
        uncovered,
        from_profit,
        house_before,
        market.house,
        market.unvested_units,
        market.profit_index,
        market.bad_debt,
    )
    e.emit()
