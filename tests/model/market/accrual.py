"""Time: means over whole epochs, and funding at their ends."""

from dataclasses import replace
from fractions import Fraction

from tests.model import parameters as P
from tests.model.calendar import epoch_at
from tests.model.market.fills import worth
from tests.model.market.state import Market, Means, Segment
from tests.model.numbers import down, toward_zero


def _segment(market: Market, seconds: int) -> Segment:
    return Segment(
        seconds,
        worth(market.oi_long, market.price),
        worth(market.oi_short, market.price),
        market.entry_notional,
        market.entry_notional_leverage,
    )


def _mean(epoch: int, segments: tuple[Segment, ...], epoch_seconds: int) -> Means:
    notional = sum(s.notional * s.seconds for s in segments)
    weighted = sum(s.notional_leverage * s.seconds for s in segments)
    return Means(
        epoch=epoch,
        long=down(Fraction(sum(s.long * s.seconds for s in segments), epoch_seconds)),
        short=down(Fraction(sum(s.short * s.seconds for s in segments), epoch_seconds)),
        leverage=down(Fraction(weighted, notional)) if notional else 0,
    )


def funding_over(market: Market, epochs: int) -> int:
    """What a long owes for some epochs of the present skew, per unit of notional at 1e9, toward zero."""
    both = market.oi_long + market.oi_short
    if both == 0:
        return 0
    rate = toward_zero(Fraction(P.FUNDING_MAX_8H * (market.oi_long - market.oi_short), both))
    return toward_zero(Fraction(epochs * rate, P.FUNDING_EPOCHS))


def accrue(market: Market, now: int) -> Market:
    """The market at a time, before anything changes; nothing before the first sync."""
    if not market.synced or now <= market.time:
        return market
    epoch = epoch_at(now, market.genesis, market.epoch_seconds)
    if epoch == market.epoch:
        return replace(market, time=now, segments=(*market.segments, _segment(market, now - market.time)))
    first_end = market.genesis + (market.epoch + 1) * market.epoch_seconds
    whole: tuple[Segment, ...] = (*market.segments, _segment(market, first_end - market.time))
    if epoch > market.epoch + 1:
        whole = (_segment(market, market.epoch_seconds),)
    start = market.genesis + epoch * market.epoch_seconds
    return replace(
        market,
        time=now,
        epoch=epoch,
        means=_mean(epoch - 1, whole, market.epoch_seconds),
        cum_funding=market.cum_funding + funding_over(market, epoch - market.epoch),
        segments=(_segment(market, now - start),),
    )


def sync(
    market: Market,
    now: int,
    price: int,
    lag_price: int = 0,
    provisional: bool = False,
    reasons: int = 0,
    leverage_cap: int = P.MAX_LEVERAGE_CAP,
    oi_cap: int = 10**18,
    genesis: int = 0,
    epoch_seconds: int = P.EPOCH_SECONDS,
) -> Market:
    """The market after `apply_sync`: time passes at the old price, then the new values hold."""
    market = accrue(market, now)
    if not market.synced:
        epoch = epoch_at(now, genesis, epoch_seconds)
        means = Means(epoch=max(0, epoch - 1))
        market = replace(market, time=now, epoch=epoch, genesis=genesis, epoch_seconds=epoch_seconds, means=means)
    return replace(
        market,
        synced=True,
        price=price,
        lag_price=lag_price,
        provisional=provisional,
        reasons=reasons,
        leverage_cap=leverage_cap,
        oi_cap=oi_cap,
    )
