# A premium that the premium manager routes into the pool, and what it says about the market's debts.
from seahorse.prelude import *
from lib.pool.accounts import InsurancePool
from lib.pool.utilisation import refresh_utilisation
from lib.pool.vesting import credit, vest


# Credits a premium after vesting; the count starts anew with each epoch.
def accept_premium(pool: InsurancePool, amount: u64, epoch: u64, arrears: u64, acknowledged: u64):
    vest(pool, epoch)
    credit(pool, amount, epoch)
    if epoch != pool.last_update_epoch:
        pool.epoch_premium_accrued = 0
    pool.epoch_premium_accrued += amount
    pool.last_update_epoch = epoch
    pool.arrears = arrears
    pool.acknowledged_offset = acknowledged
    refresh_utilisation(pool)
