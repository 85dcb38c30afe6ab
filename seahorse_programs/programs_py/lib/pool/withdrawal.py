# Withdrawals: a request fixes value and early fee, capital stays at risk until the notice is over and it is executed.
from seahorse.prelude import *
from lib.fixed import mul_div, mul_div_up, sub_floor
from lib.generated.params import EARLY_FEE_BASE_BPS, EARLY_FEE_SLOPE_BPS, EXIT_AFTER, FORCE_AFTER
from lib.pool.accounts import InsurancePool, ProviderPosition
from lib.pool.shares import assets_for, burn, take_principal
from lib.pool.utilisation import is_fresh, refresh_utilisation, withdrawable
from lib.pool.vesting import MARK_ONE, credit, vest


# What an execution does, in atoms: out leaves the balance, net reaches the provider, fee and forgone gain vest again.
@dataclass
class Settlement:
    burned: u64
    out: u64
    gross: u64
    fee: u64
    net: u64


def check_owner(pool: InsurancePool, position: ProviderPosition, provider: Pubkey):
    assert position.market_id == pool.market_id, 'E_RELATION: pass the pool of the position'
    assert position.provider == provider, 'E_AUTHORITY: only the provider of the position may do this'


def check_generation(pool: InsurancePool, position: ProviderPosition):
    assert position.generation == pool.generation, 'E_GENERATION: a payout wiped out these shares'


def check_requested(position: ProviderPosition):
    assert position.requested_shares > 0, 'E_REQUEST: request a withdrawal first'


# From the forced date on a request is paid whole, and anyone may have it paid to its provider: a provider who never
# executes a large request would keep the market restricted for ever.
def is_forced(position: ProviderPosition, epoch: u64) -> bool:
    return epoch >= position.request_epoch + position.notice_epochs + FORCE_AFTER


def check_executor(position: ProviderPosition, caller: Pubkey, epoch: u64):
    entitled = position.provider == caller or is_forced(position, epoch)
    assert entitled, 'E_AUTHORITY: only the provider may do this before the forced date'


# 10 bps and up to 20 more for the time left, rounded up; nothing after the lock.
def early_fee_bps(position: ProviderPosition, epoch: u64) -> u64:
    remaining = sub_floor(position.unlock_epoch, epoch)
    if remaining == 0:
        return 0
    return EARLY_FEE_BASE_BPS + mul_div_up(remaining, EARLY_FEE_SLOPE_BPS, position.lock_epochs)


def request(pool: InsurancePool, position: ProviderPosition, shares: u64, epoch: u64):
    assert position.requested_shares == 0, 'E_REQUEST: execute or cancel the open request first'
    check_generation(pool, position)
    assert shares > 0 and shares <= position.shares, 'E_AMOUNT: request between one share and all of the position'
    vest(pool, epoch)
    position.requested_shares = shares
    position.request_value = assets_for(pool, shares)
    position.request_fee_bps = early_fee_bps(position, epoch)
    position.request_epoch = epoch
    pool.pending_shares += shares
    pool.pending_value += position.request_value
    refresh_utilisation(pool)


def clear_request(position: ProviderPosition):
    position.requested_shares = 0
    position.request_value = 0
    position.request_fee_bps = 0
    position.request_epoch = 0


# Gives up what the shares gained since the request (shares are burnt for it); returns the gain in atoms.
def cancel(pool: InsurancePool, position: ProviderPosition, epoch: u64) -> u64:
    if position.generation != pool.generation:
        clear_request(position)
        return 0
    vest(pool, epoch)
    requested = position.requested_shares
    value = position.request_value
    now_value = assets_for(pool, requested)
    gain = sub_floor(now_value, value)
    if gain > 0:
        burn(pool, position, requested - mul_div(requested, value, now_value))
        pool.available_balance -= gain
        credit(pool, gain, epoch)
    pool.pending_shares -= requested
    pool.pending_value -= value
    clear_request(position)
    keep_leftovers(pool)
    refresh_utilisation(pool)
    return gain


# What may leave in this epoch: up to the cap while the score is fresh, everything once a request has waited long enough.
def payable(pool: InsurancePool, position: ProviderPosition, epoch: u64) -> u64:
    notice_end = position.request_epoch + position.notice_epochs
    assert epoch >= notice_end, 'E_NOTICE: the notice is not over yet'
    if is_forced(position, epoch):
        return pool.available_balance
    assert is_fresh(pool, epoch), 'E_STALE: the score is too old; update it, or wait for the forced date'
    return withdrawable(pool)


# Pays the lower of the value at request and now, in part if the cap allows no more.
def settle(pool: InsurancePool, position: ProviderPosition, min_assets: u64, epoch: u64) -> Settlement:
    vest(pool, epoch)
    requested = position.requested_shares
    value = position.request_value
    out = assets_for(pool, requested)
    owed = min(value, out)
    gross = min(owed, payable(pool, position, epoch))
    assert gross > 0 or owed == 0, 'E_UTILIZATION: the open interest needs the whole pool; try again later'
    burned = requested
    if gross < owed:
        burned = mul_div_up(requested, gross, owed)
        out = assets_for(pool, burned)
        gross = min(gross, out)
    fee = mul_div_up(gross, position.request_fee_bps, 10_000)
    net = gross - fee
    assert net >= min_assets, 'E_SLIPPAGE: less than asked for; lower min_assets'
    pool.available_balance -= out
    credit(pool, out - gross + fee, epoch)
    take_principal(pool, position, burned)
    burn(pool, position, burned)
    reduce_request(pool, position, burned, mul_div_up(value, burned, requested))
    keep_leftovers(pool)
    refresh_utilisation(pool)
    return Settlement(burned, out, gross, fee, net)


# What the last provider left (their part of a deficit that is no claim yet) belongs to no share: it pays first, and
# the next provider starts at price 1 instead of buying half of a known loss.
def keep_leftovers(pool: InsurancePool):
    if pool.total_shares == 0:
        pool.residual += pool.available_balance
        pool.available_balance = 0
        pool.high_water_mark = MARK_ONE


def reduce_request(pool: InsurancePool, position: ProviderPosition, shares: u64, value: u64):
    pool.pending_shares -= shares
    pool.pending_value -= value
    position.requested_shares -= shares
    position.request_value -= value
    if position.requested_shares == 0:
        clear_request(position)


# A position of a wiped generation holds nothing.
def retire(position: ProviderPosition):
    position.shares = 0
    position.deposited_amount = 0
    clear_request(position)


# A request that still waits a week after its notice restricts the market, until all requests fit under the cap.
def mark_exit(pool: InsurancePool, position: ProviderPosition, epoch: u64):
    check_requested(position)
    check_generation(pool, position)
    due = position.request_epoch + position.notice_epochs + EXIT_AFTER
    assert epoch >= due, 'E_EARLY: the request has not waited long enough'
    pool.exit = True
