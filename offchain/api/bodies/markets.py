"""Markets as documents."""

from collections.abc import Collection, Iterable
from typing import Any

from offchain.api.bodies.lines import Line, add_rest, load_lines
from offchain.api.bodies.restriction import sentences
from offchain.api.reading import View
from offchain.api.rows import MarketRows, load, load_market
from offchain.api.schemas.markets import (
    AnnouncedChange,
    Feed,
    Funding,
    LeverageBand,
    Market,
    MarketDetail,
    MarketTerms,
)
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.market_view import OPEN
from offchain.chain.oracles.feed_ids import source_name
from offchain.chain.units import LEVERAGE_ONE
from offchain.verify.replay.arithmetic import toward_zero

BANDS = tuple(times * LEVERAGE_ONE for times in (0, 2, 5, 10, 20, 50, 100))
"""Borders of the leverage distribution; none is above the largest leverage a market may allow."""


def every_market(view: View, markets: Collection[str] | None = None) -> list[Market]:
    """All of them, or some."""
    found = load_lines(view, markets)
    add_rest(view, found)
    return [one.document() for one in found]


def detail(view: View, market_id: str) -> MarketDetail:
    """One market; Problem 404 where it is not registered."""
    rows = load_market(view, market_id)
    config, score, perp = rows.config, rows.score, rows.perp
    line = Line(view, rows)
    add_rest(view, [line])
    positions = load(view, PerpPosition, market=market_id, state=OPEN)
    return MarketDetail(
        as_of_slot=view.slot,
        market=line.document(),
        creator=config.creator,
        index=config.index,
        engine=config.engine,
        engine_listed=rows.engine.active,
        pool=rows.pool.address,
        vault=config.market_vault,
        leverage_cap=perp.leverage_cap,
        mean_leverage=score.mean_leverage,
        funding=_funding(view, perp),
        leverage_distribution=_distribution(positions),
        margins=str(perp.margins),
        house=str(perp.house),
        insurance_fund=str(perp.fund),
        bad_debt=str(perp.bad_debt),
        fees_due=str(perp.fees_due),
        synced_at=perp.synced_at,
        score_epoch=score.epoch if score.has_score else None,
        score_age_epochs=view.epoch - score.epoch if score.has_score else None,
        epoch=view.epoch,
        feed=_feed(view, rows.feed),
        terms=_terms(view, rows),
        restriction=sentences(view, rows),
    )


def _funding(view: View, perp: Any) -> Funding:
    most = view.context.parameters.funding_max_8h
    both = perp.oi_long + perp.oi_short
    rate = toward_zero(most * (perp.oi_long - perp.oi_short), both) if both else 0
    return Funding(rate_8h=str(rate), rate_8h_max=str(most), cumulative=str(perp.cum_funding))


def _distribution(positions: Iterable[Any]) -> list[LeverageBand]:
    counts = [[0, 0, 0, 0] for _ in BANDS[1:]]
    for position in positions:
        band = next((at for at, top in enumerate(BANDS[1:]) if position.leverage <= top), len(counts) - 1)
        side = 0 if position.is_long else 1
        counts[band][side] += 1
        counts[band][2 + side] += position.notional
    return [
        LeverageBand(
            above=BANDS[at],
            up_to=BANDS[at + 1],
            positions_long=longs,
            positions_short=shorts,
            notional_long=str(long),
            notional_short=str(short),
        )
        for at, (longs, shorts, long, short) in enumerate(counts)
    ]


def _feed(view: View, feed: Any) -> Feed:
    return Feed(
        feed=feed.address,
        feed_id=feed.feed_id,
        source=source_name(feed.source),
        writer=feed.writer,
        price=str(feed.price),
        confidence=str(feed.conf),
        publish_time=feed.publish_time,
        age=max(0, view.now - feed.publish_time),
        lag_price=str(feed.lag_price),
        lag_time=feed.lag_time,
        provisional=feed.provisional,
        updates=feed.updates,
    )


def _terms(view: View, rows: MarketRows) -> MarketTerms:
    config, perp = rows.config, rows.perp
    change = None
    if config.change_pending:
        change = AnnouncedChange(
            lock_epochs=config.next_lock,
            notice_epochs=config.next_notice,
            max_leverage=config.next_max_leverage,
            epoch=config.next_epoch,
            at=view.schedule.start(config.next_epoch),
        )
    return MarketTerms(
        depth=str(perp.depth),
        max_leverage=config.max_leverage,
        insolvency_threshold=str(config.insolvency_threshold),
        lock_epochs=config.lock_epochs,
        notice_epochs=config.notice_epochs,
        performance_fee_bps=config.performance_fee_bps,
        trading_fee_bps=perp.trading_fee_bps,
        maintenance_bps=perp.maintenance_bps,
        liquidation_fee_bps=perp.liquidation_fee_bps,
        epoch_seconds=config.epoch_seconds,
        announced_change=change,
    )
