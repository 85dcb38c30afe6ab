# A claim: the loss is booked at once in fixed tiers, the money leaves with the release.
from seahorse.prelude import *
from lib.fixed import mul_div, mul_div_up, sub_floor
from lib.generated.params import CLAIM_FEE_BPS, EXECUTOR_SHARE_BPS, VEST_EPOCHS, WIPE_RATIO
from lib.pool.accounts import InsurancePool
from lib.pool.utilisation import refresh_utilisation
from lib.pool.vesting import MARK_ONE


# Takes the claim out of the tiers (leftovers and the creator's stake, unvested premium, capital) and reserves it.
def reserve(pool: InsurancePool, sequence: u64, claimable: u64):
    assert pool.reserved_sequence == 0, 'E_STATE: release the reserved payout first'
    pool.unsettled = 0
    take_first_loss(pool, claimable)
    rest = claimable - pool.reserved_first_loss
    premium = min(rest, pool.unvested)
    pool.unvested -= premium
    capital = min(rest - premium, pool.available_balance)
    take_capital(pool, capital)
    pool.reserved_sequence = sequence
    pool.reserved_premium = premium
    pool.reserved_capital = capital
    pool.reserved_payout = pool.reserved_first_loss + premium + capital
    deduct(pool)
    start_generation_if_wiped(pool)
    refresh_utilisation(pool)


def take_first_loss(pool: InsurancePool, claimable: u64):
    leftovers = min(claimable, pool.residual)
    stake = min(claimable - leftovers, pool.first_loss)
    pool.residual -= leftovers
    pool.first_loss -= stake
    pool.reserved_first_loss = leftovers + stake


# Capital pays pro rata through the share price; the principal shrinks alike.
def take_capital(pool: InsurancePool, capital: u64):
    before = pool.available_balance
    pool.available_balance -= capital
    if before > 0:
        pool.total_deposits = mul_div(pool.total_deposits, pool.available_balance, before)
    else:
        pool.total_deposits = 0


# The claim fee and the market's unpaid premiums come out of the payout; the rest is reserved for the market.
def deduct(pool: InsurancePool):
    payout = pool.reserved_payout
    fee = mul_div_up(payout, CLAIM_FEE_BPS, 10_000)
    executor_fee = executor_part(fee)
    owed = sub_floor(pool.arrears, pool.total_offset - pool.acknowledged_offset)
    offset = min(owed, payout - fee)
    pool.reserved_fee = fee
    pool.reserved_offset = offset
    pool.reserved = payout - fee - offset
    pool.claim_fees += executor_fee
    pool.treasury_fees += fee - executor_fee
    pool.total_offset += offset
    if offset > 0:
        pool.unvested += offset
        pool.vest_end = max(pool.vest_end, pool.vest_epoch + VEST_EPOCHS)


# The executor's part of a claim fee, rounded down; the treasury has the rest.
def executor_part(fee: u64) -> u64:
    return mul_div(fee, EXECUTOR_SHARE_BPS, 10_000)


# Shares that are worth next to nothing would spoil the price of new ones: their generation ends.
def start_generation_if_wiped(pool: InsurancePool):
    if u128(pool.available_balance) * u128(WIPE_RATIO) < u128(pool.total_shares):
        pool.generation += 1
        pool.total_shares = 0
        pool.pending_shares = 0
        pool.pending_value = 0
        pool.total_deposits = 0
        pool.high_water_mark = MARK_ONE
        pool.residual += pool.available_balance + pool.unvested
        pool.available_balance = 0
        pool.unvested = 0
        pool.exit = False


# The reserved payout was handed over.
def clear_reserve(pool: InsurancePool):
    pool.reserved = 0
    pool.reserved_sequence = 0
    pool.reserved_payout = 0
    pool.reserved_first_loss = 0
    pool.reserved_premium = 0
    pool.reserved_capital = 0
    pool.reserved_offset = 0
    pool.reserved_fee = 0
