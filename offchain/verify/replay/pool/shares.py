"""Share price, vesting and the performance fee."""

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS, down, up
from offchain.verify.replay.pool.state import MARK_ONE, Pool


def shares_for(pool: Pool, amount: int, parameters: Parameters) -> int:
    """Shares of a deposit."""
    return down(amount, pool.total_shares + parameters.virtual, pool.available + parameters.virtual)


def assets_for(pool: Pool, shares: int, parameters: Parameters) -> int:
    """Atoms for shares, less the deficit that is known and that leftovers do not cover."""
    value = max(0, pool.available - max(0, pool.unsettled - pool.residual)) + parameters.virtual
    return min(down(shares, value, pool.total_shares + parameters.virtual), pool.available)


def vest(pool: Pool, epoch: int, parameters: Parameters) -> None:
    """Bring the bucket of premiums up to an epoch."""
    vested = pool.unvested
    if epoch < pool.vest_end:
        vested = down(pool.unvested, epoch - pool.vest_epoch, pool.vest_end - pool.vest_epoch)
    pool.unvested -= vested
    pool.vest_epoch = epoch
    if pool.total_shares == 0:
        pool.residual += vested
        return
    shares = pool.total_shares + parameters.virtual
    base = max(0, up(pool.mark, shares, MARK_ONE) - parameters.virtual)
    excess = min(vested, max(0, pool.available + vested - base))
    fee = up(excess, pool.performance_fee_bps, BPS)
    pool.available += vested - fee
    pool.treasury_fees += fee
    pool.mark = max(pool.mark, up(pool.available + parameters.virtual, MARK_ONE, shares))


def credit(pool: Pool, amount: int, epoch: int, parameters: Parameters) -> None:
    """Put an amount into the bucket."""
    if amount:
        end = epoch + parameters.vest_epochs
        total = pool.unvested + amount
        twice = 2 * (pool.unvested * pool.vest_end + amount * end)
        pool.vest_end = down(twice + total, 1, 2 * total)  # the nearest epoch, half up
        pool.unvested += amount
