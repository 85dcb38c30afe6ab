# The life of a claim: counters that only rise, a threshold that is a franchise, a record that is a receipt.
from seahorse.prelude import *
from lib.handler.accounts import ClaimRecord, ClaimRegistry


# Takes over the market's counters; returns what is reported and not settled yet.
def take_counters(registry: ClaimRegistry, counter: u64, margin_total: u64, fund_total: u64) -> u64:
    rises = counter >= registry.counter and margin_total >= registry.margin_total and fund_total >= registry.fund_total
    assert rises, 'E_COUNTER: the counters of a market never fall'
    registry.counter = counter
    registry.margin_total = margin_total
    registry.fund_total = fund_total
    return counter - registry.settled


# The next blank record of the market; an older one is a receipt.
def check_blank(registry: ClaimRegistry, claim: ClaimRecord):
    blank = claim.sequence == registry.next_sequence and claim.state == 0
    assert blank, 'E_SEQUENCE: pass the next claim record; open it first'


# Settles the whole unsettled amount, whatever the pool can pay of it. profit: the market's unvested trader profit.
def start_claim(registry: ClaimRegistry, claim: ClaimRecord, executor: Pubkey, claimable: u64, profit: u64):
    claim.deficit_amount = claimable
    claim.threshold = registry.threshold
    claim.margin_tier = registry.margin_total - registry.settled_margin
    claim.fund_tier = registry.fund_total - registry.settled_fund
    claim.profit_tier = profit
    claim.executor = executor
    claim.state = 1
    registry.settled = registry.counter
    registry.settled_margin = registry.margin_total
    registry.settled_fund = registry.fund_total
    registry.pending = True


def check_reserved(claim: ClaimRecord, sequence: u64):
    reserved = claim.sequence == sequence and claim.state == 1
    assert reserved, 'E_STATE: pass the claim record that the pool has reserved a payout for'


# The pool's part of the receipt.
def record_payout(claim: ClaimRecord, payout: u64, first_loss: u64, premium: u64, capital: u64):
    claim.payout_amount = payout
    claim.first_loss_tier = first_loss
    claim.premium_tier = premium
    claim.capital_tier = capital
    claim.uncovered = claim.deficit_amount - payout
    claim.profit_tier = min(claim.uncovered, claim.profit_tier)
    claim.fully_covered = payout == claim.deficit_amount


def record_deductions(claim: ClaimRecord, offset: u64, fee: u64, executor_fee: u64, net: u64):
    claim.arrears_offset = offset
    claim.fee = fee
    claim.executor_fee = executor_fee
    claim.net_paid = net


def finish_claim(registry: ClaimRegistry, claim: ClaimRecord, epoch: u64, now: i64):
    claim.epoch = epoch
    claim.timestamp = now
    claim.state = 2
    registry.next_sequence += 1
    registry.claims += 1
    registry.pending = False
