"""Premiums as documents."""

from typing import Any

from sqlalchemy import select

from offchain import words
from offchain.api.names import name_of
from offchain.api.pages import page_after
from offchain.api.reading import View
from offchain.api.rows import MarketRows, load_market, load_markets, require_market
from offchain.api.schemas.premiums import Flow, Flows, Premium, PremiumDetail
from offchain.database.tables.premium_flow import PremiumFlow

_EVERY = select(PremiumFlow.__table__)  # type: ignore[attr-defined]


def every_premium(view: View) -> list[Premium]:
    """Of all markets."""
    return [premium(view, rows) for rows in load_markets(view)]


def detail(view: View, market_id: str) -> PremiumDetail:
    """Of one market; Problem 404."""
    return PremiumDetail(as_of_slot=view.slot, premium=premium(view, load_market(view, market_id)))


def premium(view: View, rows: MarketRows) -> Premium:
    """One premium account."""
    account, parameters = rows.premium, view.context.parameters
    return Premium(
        market_id=rows.id,
        name=name_of(view.context, rows.id),
        rate_bps=account.rate_bps,
        rate_max_bps=parameters.rate_max_bps,
        grade=words.grade(account.grade),
        utilisation_bps=account.utilization_bps,
        escrow=str(account.escrow_ledger),
        balance=str(account.balance),
        arrears=str(max(0, -account.balance)),
        arrears_since=account.negative_since if account.negative else None,
        floor_bps=parameters.floor_bps[account.grade],
        total_collected=str(account.total_collected),
        total_routed=str(account.total_routed),
        total_bounty=str(account.total_bounty),
        offset=str(account.acknowledged_offset),
        route_epoch=account.route_epoch if account.has_routed else None,
    )


def flows(view: View, market_id: str, kind: str | None, limit: int, cursor: str | None) -> Flows:
    """Steps of one market's premiums, newest first; Problem 404."""
    require_market(view, market_id)
    equals = {"market_id": market_id, "kind": kind}
    found = page_after(view, _EVERY, equals, limit, cursor, f"premiums {market_id} {kind}")
    items = [_flow(row) for row in found.rows]
    return Flows(as_of_slot=view.slot, market_id=market_id, items=items, next=found.next)


def _flow(row: Any) -> Flow:
    return Flow(
        kind=row.kind,
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        epoch=row.epoch,
        rate_bps=row.rate_bps,
        gross=str(row.gross),
        premium=str(row.premium),
        bounty=str(row.bounty),
        routed=str(row.routed),
        credited=str(row.credited),
        vested=str(row.vested),
        performance_fee=str(row.performance_fee),
        offset=str(row.offset),
        floor=str(row.floor),
        escrow=str(row.escrow),
        balance=str(row.balance),
    )
