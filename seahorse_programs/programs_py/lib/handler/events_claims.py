# Events of deficits and claims. ClaimEvent holds every input and every tier, so that anyone can recompute a payout.
from seahorse.prelude import *
from lib.handler.accounts import ClaimRecord, ClaimRegistry


@dataclass
class ClaimOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    slot: u64
    sequence: u64
    opened_at: i64


@dataclass
class DeficitReported(Event):
    market_id: Pubkey
    actor: Pubkey
    sequence: u64
    deficit: u64
    threshold: u64
    margin_tier: u64
    fund_tier: u64
    unvested_profit: u64
    counter: u64
    settled_before: u64
    settled_after: u64


# unsettled: reported so far and not settled; at or below the threshold nothing is paid.
@dataclass
class NoClaim(Event):
    market_id: Pubkey
    actor: Pubkey
    unsettled: u64
    threshold: u64
    counter_before: u64
    counter_after: u64
    settled: u64


@dataclass
class ClaimEvent(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    timestamp: i64
    sequence: u64
    deficit_amount: u64
    payout_amount: u64
    fully_covered: bool
    threshold: u64
    margin_tier: u64
    fund_tier: u64
    first_loss_tier: u64
    premium_tier: u64
    capital_tier: u64
    profit_tier: u64
    uncovered: u64
    arrears_offset: u64
    fee: u64
    executor_fee: u64
    net_paid: u64


@dataclass
class ClaimFeeCollected(Event):
    market_id: Pubkey
    actor: Pubkey
    sequence: u64
    amount: u64


def emit_claim_opened(actor: Pubkey, slot: u64, c: ClaimRecord):
    e = ClaimOpened(c.market_id, actor, slot, c.sequence, c.opened_at)
    e.emit()


def emit_deficit_reported(c: ClaimRecord, r: ClaimRegistry, settled_before: u64):
    e = DeficitReported(
        c.market_id,
        c.executor,
        c.sequence,
        c.deficit_amount,
        c.threshold,
        c.margin_tier,
        c.fund_tier,
        c.profit_tier,
        r.counter,
        settled_before,
        r.settled,
    )
    e.emit()


def emit_no_claim(actor: Pubkey, r: ClaimRegistry, unsettled: u64, counter_before: u64):
    e = NoClaim(r.market_id, actor, unsettled, r.threshold, counter_before, r.counter, r.settled)
    e.emit()


def emit_claim(c: ClaimRecord):
    e = ClaimEvent(
        c.market_id,
        c.executor,
        c.epoch,
        c.timestamp,
        c.sequence,
        c.deficit_amount,
        c.payout_amount,
        c.fully_covered,
        c.threshold,
        c.margin_tier,
        c.fund_tier,
        c.first_loss_tier,
        c.premium_tier,
        c.capital_tier,
        c.profit_tier,
        c.uncovered,
        c.arrears_offset,
        c.fee,
        c.executor_fee,
        c.net_paid,
    )
    e.emit()


def emit_claim_fee_collected(c: ClaimRecord):
    e = ClaimFeeCollected(c.market_id, c.executor, c.sequence, c.executor_fee)
    e.emit()
