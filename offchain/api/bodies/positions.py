"""Providers' positions as documents."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select

from offchain.api.bodies.paid import paid_in, paid_out
from offchain.api.keys import keyed_page
from offchain.api.names import name_of
from offchain.api.problems import not_found
from offchain.api.reading import View
from offchain.api.rows import load, load_one
from offchain.api.schemas.positions import ExitNow, Portfolio, Position, PositionDetail, Positions, Request, Sums
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.pool_figures import BPS, PoolFigures, early_fee_bps, pool_figures, up
from offchain.database.prepared import Prepared
from offchain.database.tables.projections import TABLES

MOST = 500
"""Positions of one portfolio."""
_ADDED = ("value", "paid_in", "paid_out", "earnings")
_HOLDING = TABLES[ProviderPosition].c.shares > 0
_COUNT = Prepared(select(func.count()).select_from(TABLES[ProviderPosition]).where(_HOLDING))


def page(
    view: View, provider: str | None, market_id: str | None, open_only: bool, limit: int, cursor: str | None
) -> Positions:
    """Positions by address, of a provider or a market where one is named."""
    equals = {"provider": provider, "market_id": market_id}
    name = f"positions {provider} {market_id} {open_only}"
    found = keyed_page(view, ProviderPosition, equals, limit, cursor, name, [_HOLDING] if open_only else [])
    return Positions(as_of_slot=view.slot, items=documents(view, found.rows), next=found.next)


def detail(view: View, address: str) -> PositionDetail:
    """One position; Problem 404."""
    row = load_one(view, ProviderPosition, address=address)
    if row is None:
        raise not_found(f"{address} is no position of a provider: /v1/positions lists them")
    return PositionDetail(as_of_slot=view.slot, position=documents(view, [row])[0])


def portfolio(view: View, provider: str) -> Portfolio:
    """All positions of a provider, the newest first, with their sums."""
    rows = load(view, ProviderPosition, provider=provider, limit=MOST + 1)
    found = documents(view, sorted(rows[:MOST], key=lambda row: (-row.entry_epoch, row.address)))
    return Portfolio(**_added(provider, found), as_of_slot=view.slot, items=found, truncated=len(rows) > MOST)


def sums(provider: str, found: Sequence[Position]) -> Sums:
    """What a provider's positions add up to."""
    return Sums(**_added(provider, found))


def _added(provider: str, found: Sequence[Position]) -> dict[str, Any]:
    """The fields of `Sums`, which `Portfolio` has too."""
    totals = {name: str(sum(int(getattr(one, name)) for one in found)) for name in _ADDED}
    return {"provider": provider, "positions": sum(1 for one in found if not one.closed), **totals}


def documents(view: View, rows: Sequence[Any]) -> list[Position]:
    """Positions as their pools stand now."""
    pools = _pools(view, {row.market_id for row in rows})
    deposits = paid_in(view, {row.provider for row in rows})
    payments = paid_out(view, {row.provider for row in rows})
    return [
        _document(view, row, *pools[row.market_id], deposits.get(row.address, 0), payments.get(row.address, 0))
        for row in rows
    ]


def _pools(view: View, markets: Iterable[str]) -> dict[str, tuple[Any, PoolFigures]]:
    found = load(view, InsurancePool, market_id=sorted(markets))
    return {row.market_id: (row, pool_figures(row, view.epoch, view.context.parameters)) for row in found}


def _document(view: View, row: Any, pool: Any, figures: PoolFigures, deposits: int, payments: int) -> Position:
    wiped = row.generation != pool.generation
    asked = 0 if wiped else row.requested_shares
    value = 0 if wiped else figures.assets(row.shares - asked) + min(row.request_value, figures.assets(asked))
    held = row.shares > 0 and not wiped
    schedule = view.schedule
    return Position(
        position=row.address,
        market_id=row.market_id,
        name=name_of(view.context, row.market_id),
        provider=row.provider,
        principal=str(row.deposited_amount),
        shares=str(row.shares),
        value=str(value),
        paid_in=str(deposits),
        paid_out=str(payments),
        earnings=str(value + payments - deposits),
        wiped=wiped,
        closed=not held,
        entry_epoch=row.entry_epoch,
        entered_at=schedule.start(row.entry_epoch),
        unlock_epoch=row.unlock_epoch,
        unlocks_at=schedule.start(row.unlock_epoch),
        locked=view.epoch < row.unlock_epoch,
        exit=_exit(view, row, value) if held and not asked else None,
        request=_request(view, row, figures) if asked else None,
    )


def _exit(view: View, row: Any, value: int) -> ExitNow:
    fee_bps = early_fee_bps(view.epoch, row.unlock_epoch, row.lock_epochs, view.context.parameters)
    fee = up(value * fee_bps, BPS)
    return ExitNow(
        fee_bps=fee_bps,
        fee=str(fee),
        net=str(value - fee),
        paid_at=view.schedule.start(view.epoch + row.notice_epochs),
        free_at=view.schedule.start(row.unlock_epoch),
    )


def _request(view: View, row: Any, figures: PoolFigures) -> Request:
    parameters, schedule = view.context.parameters, view.schedule
    due = row.request_epoch + row.notice_epochs
    forced = due + parameters.force_after
    limit = figures.nav if view.epoch >= forced else figures.withdrawable if figures.fresh else 0
    now = figures.assets(row.requested_shares)
    owed = min(row.request_value, now)
    return Request(
        shares=str(row.requested_shares),
        value=str(row.request_value),
        value_now=str(now),
        fee_bps=row.request_fee_bps,
        net_now=str(owed - up(owed * row.request_fee_bps, BPS)),
        requested_epoch=row.request_epoch,
        requested_at=schedule.start(row.request_epoch),
        payable_epoch=due,
        payable_at=schedule.start(due),
        payable=view.epoch >= due and (limit > 0 or owed == 0),
        limit=str(limit),
        flag_at=schedule.start(due + parameters.exit_after),
        forced_epoch=forced,
        forced_at=schedule.start(forced),
    )


def count(view: View) -> int:
    """Positions that hold something."""
    return int(view.rows(_COUNT)[0][0])
