"""Premiums and fees enter the share price slowly; the performance fee is taken when they do."""

from dataclasses import replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import bps, clamp, down, up
from tests.model.pool.state import SHARE_ONE, Pool


def vested_by(pool: Pool, epoch: int) -> int:
    """How much of the bucket has vested since it was last touched, rounded down."""
    if epoch >= pool.vest_end:
        return pool.unvested
    elapsed = Fraction(epoch - pool.vest_epoch, pool.vest_end - pool.vest_epoch)
    return down(pool.unvested * elapsed)


def performance_fee(pool: Pool, vested: int) -> int:
    """The fee on the part of what vests that lifts a share above its high-water mark, rounded up."""
    all_shares = pool.total_shares + P.VIRTUAL
    base = max(0, up(Fraction(pool.high_water_mark * all_shares, SHARE_ONE)) - P.VIRTUAL)
    excess = clamp(pool.available + vested - base, 0, vested)
    return up(bps(excess, pool.performance_fee_bps))


def without_owner(pool: Pool) -> Pool:
    """When no share is left, capital that the last provider had to leave becomes the protocol's first-loss money."""
    if pool.total_shares:
        return pool
    residual = pool.residual + pool.available
    return replace(pool, residual=residual, available=0, high_water_mark=SHARE_ONE)


def vest(pool: Pool, epoch: int) -> Pool:
    """The pool at an epoch. Without shares what vests joins the protocol's first-loss money."""
    vested = vested_by(pool, epoch)
    bucket = replace(pool, unvested=pool.unvested - vested, vest_epoch=epoch)
    if pool.total_shares == 0:
        return replace(bucket, residual=pool.residual + vested)
    fee = performance_fee(pool, vested)
    available = pool.available + vested - fee
    price = up(Fraction((available + P.VIRTUAL) * SHARE_ONE, pool.total_shares + P.VIRTUAL))
    return replace(
        bucket,
        available=available,
        treasury_fees=pool.treasury_fees + fee,
        high_water_mark=max(pool.high_water_mark, price),
    )


def credit(pool: Pool, amount: int, epoch: int) -> Pool:
    """Adds to the bucket; its end becomes the weighted mean of the old end and a day from now, to the nearest epoch."""
    if amount == 0:
        return pool
    total = pool.unvested + amount
    mean = Fraction(pool.unvested * pool.vest_end + amount * (epoch + P.VEST_EPOCHS), total)
    end = down(mean + Fraction(1, 2))
    return replace(pool, unvested=total, vest_end=end, vest_epoch=epoch)


def credit_premium(pool: Pool, amount: int, epoch: int, arrears: int, acknowledged_offset: int) -> Pool:
    """After the premium manager routed an epoch's premium."""
    before = pool.epoch_premium if pool.premium_epoch == epoch else 0
    credited = credit(vest(pool, epoch), amount, epoch)
    return replace(
        credited,
        epoch_premium=before + amount,
        premium_epoch=epoch,
        arrears=arrears,
        acknowledged_offset=acknowledged_offset,
    )
