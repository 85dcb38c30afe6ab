"""Markets as documents."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, get_args

from sqlalchemy import and_, func, select

from offchain import words
from offchain.api.bodies.figures import listed_yields
from offchain.api.bodies.restriction import sentences
from offchain.api.names import named_markets
from offchain.api.reading import View
from offchain.api.rows import MarketRows, load, load_listed, load_market
from offchain.api.schemas.figures import Yield
from offchain.api.schemas.kinds import MarketStatus, Reason
from offchain.api.schemas.markets import (
    AnnouncedChange,
    Feed,
    Funding,
    LastClaim,
    LeverageBand,
    Market,
    MarketDetail,
    MarketTerms,
)
from offchain.chain.breach import PRICE_ONE
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.market_view import OPEN
from offchain.chain.oracles.feed_ids import source_name
from offchain.chain.pool_figures import pool_figures
from offchain.chain.restriction import reasons_now
from offchain.chain.units import LEVERAGE_ONE
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.projections import TABLES
from offchain.verify.replay.arithmetic import toward_zero

STATUS: dict[int, MarketStatus] = dict(enumerate(get_args(MarketStatus), 1))
"""By their numbers on chain; 0 is an account that is not begun."""
BANDS = tuple(times * LEVERAGE_ONE for times in (0, 2, 5, 10, 20, 50, 100))
"""Borders of the leverage distribution; none is above the largest leverage a market may allow."""
_CLAIMS = TABLES[ClaimRecord].c
_SHOWN = (
    *(_CLAIMS.address, _CLAIMS.market_id, _CLAIMS.sequence, _CLAIMS.timestamp),
    *(_CLAIMS.deficit_amount, _CLAIMS.payout_amount, _CLAIMS.fully_covered),
)
_NEWEST = (
    select(_CLAIMS.market_id, func.max(_CLAIMS.sequence).label("sequence"))
    .where(equal(_CLAIMS.market_id, "markets", True), _CLAIMS.state > 0)
    .group_by(_CLAIMS.market_id)
    .subquery()
)
_LAST = Prepared(
    select(*_SHOWN).join(
        _NEWEST, and_(_CLAIMS.market_id == _NEWEST.c.market_id, _CLAIMS.sequence == _NEWEST.c.sequence)
    )
)


def every_market(view: View, markets: Collection[str] | None = None, with_rest: bool = True) -> list[Market]:
    """All of them, or some; without the rest, `add_rest` completes those that are shown."""
    found = [market(view, rows, None, None) for rows in load_listed(view, markets)]
    if with_rest:
        add_rest(view, found)
    return found


def add_rest(view: View, markets: Sequence[Market]) -> None:
    """Last claim and yield, which other tables hold."""
    ids = [one.market_id for one in markets]
    claims, yields = last_claims(view, ids), listed_yields(view, ids)
    for one in markets:
        one.last_claim, one.net_apy = claims.get(one.market_id), yields.get(one.market_id)


def detail(view: View, market_id: str) -> MarketDetail:
    """One market; Problem 404 where it is not registered."""
    rows = load_market(view, market_id)
    config, score, perp = rows.config, rows.score, rows.perp
    claim = last_claims(view, [market_id]).get(market_id)
    positions = load(view, PerpPosition, market=market_id, state=OPEN)
    return MarketDetail(
        as_of_slot=view.slot,
        market=market(view, rows, claim, listed_yields(view, [market_id]).get(market_id)),
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


def market(view: View, rows: MarketRows, claim: LastClaim | None, net: Yield | None) -> Market:
    """One market of a list."""
    config, score, perp = rows.config, rows.score, rows.perp
    parameters = view.context.parameters
    figures = pool_figures(rows.pool, view.epoch, parameters)
    long, short = perp.oi_long * perp.price // PRICE_ONE, perp.oi_short * perp.price // PRICE_ONE
    bits = reasons_now(score, rows.inputs, rows.engine, view.epoch, parameters)
    named = named_markets(view.context).get(rows.id)
    return Market(
        market_id=rows.id,
        name=named.name if named else None,
        pair=named.pair if named else None,
        status=STATUS[config.status],
        price=str(perp.price),
        price_time=perp.publish_time,
        price_provisional=perp.provisional,
        grade=words.grade(config.grade),
        score=score.composite_score if score.has_score else None,
        score_provisional=score.provisional,
        restricted=bits != 0,
        reasons=reason_names(view, bits),
        utilisation_bps=figures.utilisation_bps,
        utilisation_cap_bps=parameters.util_cap_bps,
        pool_size=str(figures.nav),
        share_price=str(figures.share_price),
        premium_rate_bps=rows.premium.rate_bps,
        net_apy=net,
        open_interest_long=str(long),
        open_interest_short=str(short),
        open_interest=str(max(long, short)),
        open_interest_cap=str(perp.oi_cap),
        open_positions=perp.open_positions,
        claims=rows.registry.claims,
        no_claims=rows.registry.no_claims,
        last_claim=claim,
    )


def reason_names(view: View, bits: int) -> list[Reason]:
    """The names of the bits of a restriction."""
    if not bits:
        return []
    parameters = view.context.parameters
    names: tuple[Reason, ...] = get_args(Reason)
    return [name for name in names if bits & getattr(parameters, f"reason_{name}")]


def last_claims(view: View, markets: Sequence[str]) -> dict[str, LastClaim]:
    """market_id -> its newest claim that is at least reserved."""
    return {row.market_id: _last_claim(row) for row in view.rows(_LAST, markets=list(markets))}


def _last_claim(row: Any) -> LastClaim:
    return LastClaim(
        claim=row.address,
        sequence=row.sequence,
        paid_at=row.timestamp or None,
        deficit=str(row.deficit_amount),
        payout=str(row.payout_amount),
        fully_covered=row.fully_covered,
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
