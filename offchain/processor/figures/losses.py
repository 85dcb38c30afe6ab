"""What a pool lost to claims, against the premium it received for standing behind them."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from offchain.chain.pool_figures import BPS, up


@dataclass(frozen=True)
class Claim:
    """A completed claim; amounts in atoms."""

    time: int
    """Unix seconds of its completion."""
    deficit: int
    payout: int
    """What the pool paid, all tiers."""
    first_loss: int
    premium: int
    capital: int
    uncovered: int
    offset: int
    """Part of the payout that stayed in the pool for arrears: premium paid late."""


class Losses(msgspec.Struct, frozen=True):
    """One period of one market; amounts in atoms."""

    days: int | None
    """Length of the period; None: since the market exists."""
    from_time: int
    """Unix time at which it begins, or the market did if that was later."""
    to_time: int
    claims: int
    deficits: int
    """What was claimable."""
    losses: int
    """What the pool paid: the sum of the next three."""
    first_loss: int
    """Out of the creator's stake and leftovers."""
    premium_lost: int
    """Out of premiums that had not vested yet."""
    capital_lost: int
    """Out of providers' capital."""
    uncovered: int
    """Deficits that the pool did not pay."""
    premium: int
    """What the pool received: routed premiums, and what payouts held back for arrears."""
    loss_ratio_bps: int | None
    """`losses / premium`, rounded up; None without a premium."""


def losses(claims: Iterable[Claim], routed: int, days: int | None, from_time: int, to_time: int) -> Losses:
    """The losses after `from_time` up to `to_time`; `routed`: premiums that reached the pool in that time."""
    counted = [claim for claim in claims if from_time < claim.time <= to_time]
    lost = sum(claim.payout for claim in counted)
    premium = routed + sum(claim.offset for claim in counted)
    return Losses(
        days=days,
        from_time=from_time,
        to_time=to_time,
        claims=len(counted),
        deficits=sum(claim.deficit for claim in counted),
        losses=lost,
        first_loss=sum(claim.first_loss for claim in counted),
        premium_lost=sum(claim.premium for claim in counted),
        capital_lost=sum(claim.capital for claim in counted),
        uncovered=sum(claim.uncovered for claim in counted),
        premium=premium,
        loss_ratio_bps=up(lost * BPS, premium) if premium else None,
    )
