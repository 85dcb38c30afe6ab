"""A claim on the pool: tiers in order, fee, arrears, and the end of a generation."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.numbers import bps, down, up
from tests.model.pool.state import SHARE_ONE, Pool, Reserved
from tests.model.refusals import require


@dataclass(frozen=True)
class Tiers:
    """What each ledger pays, in the order of the waterfall."""

    residual: int
    first_loss: int
    unvested: int
    available: int


@dataclass(frozen=True)
class Released:
    """What `release_funds` moves and reports."""

    sequence: int
    to_market: int
    executor_fee: int


def waterfall(pool: Pool, claimable: int) -> Tiers:
    """Splits a claim over the ledgers, each down to nothing."""
    rest, parts = claimable, []
    for held in (pool.residual, pool.first_loss, pool.unvested, pool.available):
        part = min(rest, held)
        parts.append(part)
        rest -= part
    return Tiers(*parts)


def claim_fee(payout: int) -> tuple[int, int]:
    """The fee of 0.05 %, rounded up, and the executor's part of it, rounded down."""
    fee = up(bps(payout, P.CLAIM_FEE_BPS))
    return fee, down(bps(fee, P.EXECUTOR_SHARE_BPS))


def request_payout(pool: Pool, sequence: int, claimable: int) -> Pool:
    """Books a claim at once: the loss leaves the ledgers and the net amount waits to be released."""
    require(pool.reserved is None, "E_STATE")
    tiers = waterfall(pool, claimable)
    payout = tiers.residual + tiers.first_loss + tiers.unvested + tiers.available
    fee, executor_fee = claim_fee(payout)
    owed = max(0, pool.arrears - (pool.total_offset - pool.acknowledged_offset))
    offset = min(owed, payout - fee)
    available = pool.available - tiers.available
    kept = Fraction(available, pool.available) if pool.available else Fraction(0)
    booked = replace(
        pool,
        residual=pool.residual - tiers.residual,
        first_loss=pool.first_loss - tiers.first_loss,
        unvested=pool.unvested - tiers.unvested + offset,
        vest_end=max(pool.vest_end, pool.vest_epoch + P.VEST_EPOCHS) if offset else pool.vest_end,
        available=available,
        total_deposits=down(pool.total_deposits * kept),
        unsettled=0,
        claim_fees=pool.claim_fees + executor_fee,
        treasury_fees=pool.treasury_fees + fee - executor_fee,
        total_offset=pool.total_offset + offset,
        reserved=Reserved(
            sequence=sequence,
            payout=payout,
            first_loss=tiers.residual + tiers.first_loss,
            premium=tiers.unvested,
            capital=tiers.available,
            offset=offset,
            fee=fee,
            executor_fee=executor_fee,
        ),
    )
    return new_generation(booked) if is_wiped(booked) else booked


def is_wiped(pool: Pool) -> bool:
    """Whether a share is worth less than a ten-thousandth of an atom."""
    return pool.available * P.WIPE_RATIO < pool.total_shares


def new_generation(pool: Pool) -> Pool:
    """Ends all shares and requests; what is left becomes the protocol's first-loss money."""
    return replace(
        pool,
        generation=pool.generation + 1,
        total_shares=0,
        pending_shares=0,
        pending_value=0,
        total_deposits=0,
        high_water_mark=SHARE_ONE,
        residual=pool.residual + pool.available + pool.unvested,
        available=0,
        unvested=0,
        exit=False,
    )


def release(pool: Pool) -> tuple[Pool, Released]:
    """Pays what is reserved to the market's vault."""
    require(pool.reserved is not None, "E_STATE")
    assert pool.reserved is not None
    paid = Released(pool.reserved.sequence, pool.reserved.net, pool.reserved.executor_fee)
    return replace(pool, reserved=None), paid
