# Premiums, early fees and forgone gains reach the share price linearly over VEST_EPOCHS, through one bucket.
from seahorse.prelude import *
from lib.fixed import mul_div, mul_div_up, sub_floor
from lib.generated.params import VEST_EPOCHS, VIRTUAL
from lib.pool.accounts import InsurancePool

# Scale of the high-water mark: 1e9 = one atom a share.
MARK_ONE = 1_000_000_000


# Moves what has vested up to `epoch` into the balance, less the performance fee. Comes before every price.
def vest(pool: InsurancePool, epoch: u64):
    vested = pool.unvested
    if epoch < pool.vest_end:
        vested = mul_div(pool.unvested, epoch - pool.vest_epoch, pool.vest_end - pool.vest_epoch)
    pool.unvested -= vested
    pool.vest_epoch = epoch
    if pool.total_shares == 0:
        pool.residual += vested
        return
    fee = performance_fee(pool, vested)
    pool.available_balance += vested - fee
    pool.treasury_fees += fee
    price = mul_div_up(pool.available_balance + VIRTUAL, MARK_ONE, pool.total_shares + VIRTUAL)
    pool.high_water_mark = max(pool.high_water_mark, price)


# The fee on the part of `vested` that lifts the balance above the high-water mark, rounded up.
def performance_fee(pool: InsurancePool, vested: u64) -> u64:
    mark = sub_floor(mul_div_up(pool.high_water_mark, pool.total_shares + VIRTUAL, MARK_ONE), VIRTUAL)
    excess = min(sub_floor(pool.available_balance + vested, mark), vested)
    return mul_div_up(excess, pool.performance_fee_bps, 10_000)


# Puts an amount into the bucket; its end becomes the amount-weighted mean, to the nearest epoch: rounded up, a credit of
# one atom an epoch would put off everybody's premium for ever. The caller has vested first.
def credit(pool: InsurancePool, amount: u64, epoch: u64):
    if amount > 0:
        end = epoch + VEST_EPOCHS
        if pool.unvested > 0:
            weighted = u128(pool.unvested) * u128(pool.vest_end) + u128(amount) * u128(end)
            total = u128(pool.unvested) + u128(amount)
            end = u64((weighted + total // 2) // total)
        pool.vest_end = end
        pool.unvested += amount
