"""Premium adequacy: what a market paid for its cover, against the least that its score asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from offchain.chain.pool_figures import BPS, up
from offchain.settings.parameters import Parameters


@dataclass(frozen=True)
class Rating:
    """What a score asks for, from its epoch until the next score."""

    epoch: int
    grade: int
    open_interest: int
    """Atoms."""
    reserve_bps: int


@dataclass(frozen=True)
class Paid:
    """What came in over a period, atoms."""

    gross: int
    """Trading fees that premiums were taken from."""
    premium: int
    """Into escrow: out of fees, and arrears that somebody paid."""
    offset: int
    """Kept from payouts for arrears."""


class PremiumAdequacy(msgspec.Struct, frozen=True):
    """One period of one market; amounts in atoms."""

    days: int | None
    """Length of the period; None: since the first score."""
    from_time: int
    to_time: int
    from_epoch: int
    """The floor is counted from this epoch ..."""
    to_epoch: int
    """... up to the beginning of this one."""
    gross: int
    premium: int
    offset: int
    due: int
    """The least premium: a yearly share of the required reserve by grade, rounded up for each score."""
    adequacy_bps: int | None
    """`(premium + offset) / due`, rounded down; below 10 000 the risk was paid too little. None when nothing is due."""


def premium_adequacy(
    ratings: Sequence[Rating],
    paid: Paid,
    days: int | None,
    times: tuple[int, int],
    epochs: tuple[int, int],
    parameters: Parameters,
) -> PremiumAdequacy:
    """Over `epochs[0] .. epochs[1]`; `ratings` in their order, the first one being in force when the period begins."""
    due = floor_due(ratings, *epochs, parameters)
    return PremiumAdequacy(
        days=days,
        from_time=times[0],
        to_time=times[1],
        from_epoch=epochs[0],
        to_epoch=epochs[1],
        gross=paid.gross,
        premium=paid.premium,
        offset=paid.offset,
        due=due,
        adequacy_bps=(paid.premium + paid.offset) * BPS // due if due else None,
    )


def floor_due(ratings: Sequence[Rating], from_epoch: int, to_epoch: int, parameters: Parameters) -> int:
    """The least premium of these epochs in atoms, rounded up for each rating as the program does."""
    due = 0
    for number, rating in enumerate(ratings):
        until = ratings[number + 1].epoch if number + 1 < len(ratings) else to_epoch
        epochs = min(until, to_epoch) - max(rating.epoch, from_epoch)
        if epochs > 0:
            yearly = rating.open_interest * rating.reserve_bps * parameters.floor_bps[rating.grade]
            due += up(yearly * epochs, BPS * BPS * parameters.epochs_per_year)
    return due
