# What a share is worth, and who owns how many.
# VIRTUAL shares and atoms stand beside the real ones, so that nobody can inflate the price of the first share.
from seahorse.prelude import *
from lib.fixed import mul_div, sub_floor
from lib.generated.params import MIN_DEPOSIT, VIRTUAL
from lib.pool.accounts import InsurancePool, PoolConfig, ProviderPosition
from lib.pool.utilisation import refresh_utilisation
from lib.pool.vesting import vest


# Shares for a deposit at the full net asset value, rounded down: a price less the unsettled deficit would sell
# cheaply what the first-loss tiers may still cover.
def shares_for(pool: InsurancePool, amount: u64) -> u64:
    return mul_div(amount, pool.total_shares + VIRTUAL, pool.available_balance + VIRTUAL)


# Atoms for shares, rounded down, on the value less the part of the reported and unpaid deficit that leftovers do not
# cover. The limit matters below price 1, where the virtual atoms would promise more than there is.
def assets_for(pool: InsurancePool, shares: u64) -> u64:
    nav = sub_floor(pool.available_balance, sub_floor(pool.unsettled, pool.residual))
    return min(mul_div(shares, nav + VIRTUAL, pool.total_shares + VIRTUAL), pool.available_balance)


def check_deposit(config: PoolConfig, amount: u64, now: i64):
    assert now >= config.paused_until, 'E_PAUSED: the guardian stopped deposits; wait for the end of the stop'
    assert amount >= MIN_DEPOSIT, 'E_MIN_DEPOSIT: deposit at least the minimum'


# Mints shares for an amount at the price after vesting; returns how many.
def buy(pool: InsurancePool, position: ProviderPosition, amount: u64, min_shares: u64, epoch: u64) -> u64:
    vest(pool, epoch)
    minted = shares_for(pool, amount)
    assert minted > 0 and minted >= min_shares, 'E_SLIPPAGE: fewer shares than asked for; lower min_shares'
    pool.available_balance += amount
    pool.total_deposits += amount
    pool.total_shares += minted
    position.deposited_amount += amount
    position.shares += minted
    refresh_utilisation(pool)
    return minted


def burn(pool: InsurancePool, position: ProviderPosition, shares: u64):
    position.shares -= shares
    pool.total_shares -= shares


# Takes the principal that `shares` of the position stand for; comes before they are burnt. Payouts lower
# total_deposits for all positions at once, so one position's principal may exceed what is left of it.
def take_principal(pool: InsurancePool, position: ProviderPosition, shares: u64):
    principal = position.deposited_amount
    if shares < position.shares:
        principal = mul_div(position.deposited_amount, shares, position.shares)
    position.deposited_amount -= principal
    pool.total_deposits = sub_floor(pool.total_deposits, principal)
