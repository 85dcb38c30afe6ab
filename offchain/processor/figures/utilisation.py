"""How much of a pool its market's open interest binds, over time."""

from collections.abc import Sequence

import msgspec

from offchain.chain.pool_figures import BPS, up

Step = tuple[int, int]
"""Unix time, and the utilisation in basis points from then on."""


class Utilisation(msgspec.Struct, frozen=True):
    """One period of one pool, weighted by time."""

    days: int
    from_time: int
    """Unix time at which it begins, or the pool's history did if that was later."""
    to_time: int
    now_bps: int
    mean_bps: int
    """Rounded up."""
    max_bps: int
    above_cap_bps: int
    """Part of the time in which withdrawals had to wait for the utilisation cap, rounded up."""


def utilisation(steps: Sequence[Step], days: int, from_time: int, to_time: int, cap_bps: int) -> Utilisation | None:
    """`steps` up to `to_time` in their order, of which the first may lie before the period; None without any."""
    if not steps:
        return None
    now = steps[-1][1]
    begin = max(from_time, steps[0][0])
    # What held for no time at all can't be weighed; a history of this very second consists of what is now.
    spans = _spans(steps, begin, to_time) or [(now, 1)]
    lasted = sum(seconds for _, seconds in spans)
    return Utilisation(
        days=days,
        from_time=begin,
        to_time=to_time,
        now_bps=now,
        mean_bps=up(sum(bps * seconds for bps, seconds in spans), lasted),
        max_bps=max(now, *(bps for bps, _ in spans)),
        above_cap_bps=up(sum(seconds for bps, seconds in spans if bps > cap_bps) * BPS, lasted),
    )


def _spans(steps: Sequence[Step], from_time: int, to_time: int) -> list[tuple[int, int]]:
    """Each utilisation in the period with the seconds it lasted."""
    ends = [*(time for time, _ in steps[1:]), to_time]
    found = [(bps, min(end, to_time) - max(time, from_time)) for (time, bps), end in zip(steps, ends, strict=True)]
    return [(bps, seconds) for bps, seconds in found if seconds > 0]
