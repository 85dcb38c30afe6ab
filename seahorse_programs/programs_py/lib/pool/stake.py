# The creator's first-loss stake: it pays before the providers do and leaves only from a market without open interest.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool
from lib.pool.utilisation import is_fresh


def check_creator(pool: InsurancePool, creator: Pubkey):
    assert creator == pool.creator, 'E_AUTHORITY: only the creator of the market holds the stake'


def fund_stake(pool: InsurancePool, amount: u64):
    assert amount > 0, 'E_AMOUNT: the amount must be above zero'
    pool.first_loss += amount


def open_stake_request(pool: InsurancePool, amount: u64, epoch: u64):
    assert pool.stake_request == 0, 'E_REQUEST: execute or cancel the open request first'
    assert amount > 0 and amount <= pool.first_loss, 'E_AMOUNT: request between one atom and the whole stake'
    pool.stake_request = amount
    pool.stake_request_epoch = epoch


# Returns the amount to pay: claims since the request may have left less.
def settle_stake(pool: InsurancePool, epoch: u64) -> u64:
    check_stake_requested(pool)
    assert epoch >= pool.stake_request_epoch + pool.notice_epochs, 'E_NOTICE: the notice is not over yet'
    assert is_fresh(pool, epoch), 'E_STALE: the score is too old; update it first'
    idle = pool.open_interest_now == 0 and pool.required_reserve == 0
    assert idle, 'E_OPEN_INTEREST: the stake stays while the market has open interest'
    paid = min(pool.stake_request, pool.first_loss)
    pool.first_loss -= paid
    clear_stake_request(pool)
    return paid


def drop_stake_request(pool: InsurancePool):
    check_stake_requested(pool)
    clear_stake_request(pool)


def check_stake_requested(pool: InsurancePool):
    assert pool.stake_request > 0, 'E_REQUEST: request the stake first'


def clear_stake_request(pool: InsurancePool):
    pool.stake_request = 0
    pool.stake_request_epoch = 0
