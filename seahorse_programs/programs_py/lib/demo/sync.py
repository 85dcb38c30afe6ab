# What the risk engine pushes: price, restrictions and caps, and at the first push the protocol's calendar.
from seahorse.prelude import *
from lib.demo.accounts import PerpMarket
from lib.demo.accrual import accrue, start_accrual


def enter_time(market: PerpMarket, now: i64, genesis: i64, epoch_seconds: u64):
    if market.synced:
        accrue(market, now)
        return
    market.synced = True
    market.genesis = genesis
    market.epoch_seconds = epoch_seconds
    start_accrual(market, now)


def set_price(market: PerpMarket, price: u64, publish_time: i64, lag_price: u64, provisional: bool):
    market.price = price
    market.publish_time = publish_time
    market.lag_price = lag_price
    market.provisional = provisional


def set_limits(market: PerpMarket, grade: u8, reasons: u8, leverage_cap: u64, oi_cap: u64):
    market.grade = grade
    market.reasons = reasons
    market.leverage_cap = leverage_cap
    market.oi_cap = oi_cap
