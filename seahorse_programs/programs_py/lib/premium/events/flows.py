# Events of rates, fees, routed premiums and arrears.
from seahorse.prelude import *
from lib.premium.accounts import PremiumAccount


@dataclass
class RateSet(Event):
    market_id: Pubkey
    epoch: u64
    rate_before: u64
    rate_after: u64
    balance_before: i64
    balance_after: i64
    score: u64
    grade: u8
    utilization_bps: u64
    open_interest: u64
    reserve_bps: u64
    score_restricted: bool


@dataclass
class FeesCollected(Event):
    market_id: Pubkey
    gross: u64
    share: u64
    rate_bps: u64
    escrow_before: u64
    escrow_after: u64
    balance_before: i64
    balance_after: i64


@dataclass
class PremiumsRouted(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    escrow_before: u64
    escrow_after: u64
    bounty: u64
    routed: u64
    balance_before: i64
    balance_after: i64
    arrears: u64


@dataclass
class ArrearsReported(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    balance_before: i64
    balance_after: i64
    arrears: u64
    restricts: bool


@dataclass
class ArrearsPaid(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    amount: u64
    escrow_before: u64
    escrow_after: u64
    balance_before: i64
    balance_after: i64


@dataclass
class OffsetApplied(Event):
    market_id: Pubkey
    before: u64
    after: u64
    balance_before: i64
    balance_after: i64


def emit_rate(p: PremiumAccount, epoch: u64, rate: u64, balance: i64, restricted: bool):
    event = RateSet(
        p.market_id, epoch, rate, p.rate_bps, balance, p.balance, p.score, p.grade,
        p.utilization_bps, p.open_interest, p.reserve_bps, restricted,
    )
    event.emit()


def emit_collected(p: PremiumAccount, gross: u64, share: u64, escrow: u64, balance: i64):
    event = FeesCollected(p.market_id, gross, share, p.rate_bps, escrow, p.escrow_ledger, balance, p.balance)
    event.emit()


def emit_routed(p: PremiumAccount, actor: Pubkey, slot: u64, escrow: u64, bounty: u64, balance: i64, arrears: u64):
    event = PremiumsRouted(
        p.market_id, actor, p.route_epoch, slot, escrow, p.escrow_ledger, bounty, escrow - bounty,
        balance, p.balance, arrears,
    )
    event.emit()


def emit_reported(p: PremiumAccount, actor: Pubkey, epoch: u64, slot: u64, balance: i64, arrears: u64, flag: bool):
    event = ArrearsReported(p.market_id, actor, epoch, slot, balance, p.balance, arrears, flag)
    event.emit()


def emit_paid(p: PremiumAccount, actor: Pubkey, epoch: u64, slot: u64, amount: u64, escrow: u64, balance: i64):
    event = ArrearsPaid(p.market_id, actor, epoch, slot, amount, escrow, p.escrow_ledger, balance, p.balance)
    event.emit()


def emit_offset(p: PremiumAccount, before: u64, balance: i64):
    event = OffsetApplied(p.market_id, before, p.acknowledged_offset, balance, p.balance)
    event.emit()
