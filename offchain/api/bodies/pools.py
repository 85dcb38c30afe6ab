"""Pools as documents."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, func, select

from offchain.api.bodies.figures import market_figures
from offchain.api.bodies.terms import pool_terms
from offchain.api.names import name_of
from offchain.api.pages import page_after
from offchain.api.problems import invalid
from offchain.api.reading import View
from offchain.api.rows import MarketRows, load_market, load_markets, require_market
from offchain.api.schemas.pools import Pool, PoolDetail, PoolHistory, PoolPoint, SharePricePage, SharePriceRow
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.pool_figures import pool_figures
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.projections import TABLES
from offchain.database.tables.share_price import SharePrice
from offchain.processor.series import PoolStep, pool_series

STEPS = {"epoch": 0, "1h": 3_600, "4h": 14_400, "1d": 86_400}
"""Name of a step -> seconds; an epoch's length is the deployment's."""
_POSITIONS, _POOLS = TABLES[ProviderPosition].c, TABLES[InsurancePool].c
_PROVIDERS = (
    select(_POSITIONS.market_id, func.count())
    .join(
        TABLES[InsurancePool],
        and_(_POOLS.market_id == _POSITIONS.market_id, _POOLS.generation == _POSITIONS.generation),
    )
    .where(_POSITIONS.shares > 0)
    .group_by(_POSITIONS.market_id)
)
_OF_ALL = Prepared(_PROVIDERS)
_OF_SOME = Prepared(_PROVIDERS.where(equal(_POSITIONS.market_id, "markets", True)))
_CHANGES = select(SharePrice.__table__)  # type: ignore[attr-defined]


def every_pool(view: View, markets: Collection[str] | None = None) -> list[Pool]:
    """All of them, or those of some markets."""
    counted = view.rows(_OF_ALL) if markets is None else view.rows(_OF_SOME, markets=sorted(markets))
    providers: Mapping[str, int] = {row[0]: row[1] for row in counted}
    return [pool(view, rows, providers.get(rows.id, 0)) for rows in load_markets(view, markets)]


def detail(view: View, market_id: str) -> PoolDetail:
    """One pool; Problem 404 where its market is not registered."""
    rows = load_market(view, market_id)
    counted = view.first(_OF_SOME, markets=[market_id])
    figures = market_figures(view, market_id)
    return PoolDetail(
        as_of_slot=view.slot,
        pool=pool(view, rows, counted[1] if counted else 0),
        terms=pool_terms(view, rows),
        figures=figures,
        figures_reason=None if figures else "figures are counted in the background: not yet for this market",
    )


def pool(view: View, rows: MarketRows, providers: int) -> Pool:
    """One pool of a list."""
    row, parameters = rows.pool, view.context.parameters
    figures = pool_figures(row, view.epoch, parameters)
    return Pool(
        market_id=rows.id,
        name=name_of(view.context, rows.id),
        pool=row.address,
        vault=row.vault,
        size=str(figures.nav),
        tvl=str(row.available_balance + row.unvested + row.first_loss + row.residual),
        priced=str(figures.priced_nav),
        share_price=str(figures.share_price),
        total_shares=str(row.total_shares),
        required_reserve=str(row.required_reserve),
        utilisation_bps=figures.utilisation_bps,
        utilisation_cap_bps=parameters.util_cap_bps,
        withdrawable=str(figures.withdrawable if figures.fresh else 0),
        withdrawals_open=figures.fresh,
        pending_withdrawals=str(row.pending_value),
        unvested=str(figures.unvested),
        vested_by=view.schedule.start(row.vest_end) if figures.unvested else None,
        first_loss=str(row.first_loss),
        first_loss_requested=str(row.stake_request),
        residual=str(row.residual),
        unsettled=str(row.unsettled),
        reserved=str(row.reserved),
        generation=row.generation,
        exit=row.exit,
        premium_rate_bps=rows.premium.rate_bps,
        premium_arrears=str(max(0, -rows.premium.balance)),
        premiums_collected=str(rows.premium.total_collected),
        premiums_routed=str(rows.premium.total_routed),
        treasury_fees=str(row.treasury_fees),
        claim_fees=str(row.claim_fees),
        providers=providers,
    )


def history(view: View, market_id: str, step: str, start: int | None, end: int | None) -> PoolHistory:
    """Share price, size and flows in equal steps; the last 200 of them where nothing is said."""
    require_market(view, market_id)
    seconds = STEPS[step] or view.schedule.epoch_seconds
    until = view.now if end is None else end
    since = max(0, until - 199 * seconds) if start is None else start
    if since > until:
        raise invalid(f"from {since} lies after to {until}: swap them")
    try:
        found = pool_series(view.session, market_id, since, until, seconds)
    except ValueError as error:
        raise invalid(f"from, to, step: {error}") from None
    return PoolHistory(as_of_slot=view.slot, market_id=market_id, step=seconds, items=[_point(one) for one in found])


def changes(view: View, market_id: str, limit: int, cursor: str | None) -> SharePricePage:
    """Every event that changed a pool, newest first."""
    require_market(view, market_id)
    found = page_after(view, _CHANGES, {"market_id": market_id}, limit, cursor, f"share prices {market_id}")
    return SharePricePage(as_of_slot=view.slot, items=[_change(row) for row in found.rows], next=found.next)


def _point(step: PoolStep) -> PoolPoint:
    return PoolPoint(
        start=step.start,
        filled=step.filled,
        slot=step.slot,
        share_price=str(step.share_price),
        tvl=str(step.tvl),
        capital=str(step.available_balance),
        required_reserve=str(step.required_reserve),
        utilisation_bps=step.utilisation_bps,
        total_shares=str(step.total_shares),
        generation=step.generation,
        deposited=str(step.deposited),
        withdrawn=str(step.withdrawn),
        revested=str(step.revested),
        vested=str(step.vested),
        performance_fee=str(step.performance_fee),
        claimed=str(step.claimed),
        swept=str(step.swept),
    )


def _change(row: Any) -> SharePriceRow:
    return SharePriceRow(
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        epoch=row.epoch,
        event=row.event,
        share_price=str(row.share_price),
        assets=str(row.price_assets),
        shares=str(row.price_shares),
        capital=str(row.available_balance),
        tvl=str(row.tvl),
        deposited=str(row.deposited),
        withdrawn=str(row.withdrawn),
        revested=str(row.revested),
        vested=str(row.vested),
        performance_fee=str(row.performance_fee),
        claimed=str(row.claimed),
        swept=str(row.swept),
    )
