"""Claims as documents."""

from typing import Any, get_args

from sqlalchemy import select, tuple_

from offchain.api.cursors import read_cursor, write_cursor
from offchain.api.names import name_of
from offchain.api.pages import page_after
from offchain.api.reading import View
from offchain.api.rows import load_one
from offchain.api.schemas.claims import Claim, Claims, NoClaim, NoClaims, Tier
from offchain.api.schemas.kinds import ClaimState, TierName
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.database.tables.no_claim import NoClaimRow
from offchain.database.tables.projections import TABLES

STATES: tuple[ClaimState, ...] = get_args(ClaimState)
PAID = 2
_TABLE = TABLES[ClaimRecord]
_PLACE = (_TABLE.c.opened_at, _TABLE.c.sequence, _TABLE.c.address)
"""Many claims of a market are opened within one second: its own count tells them apart."""
_NONE = select(NoClaimRow.__table__)  # type: ignore[attr-defined]


def page(view: View, market_id: str | None, partial: bool | None, limit: int, cursor: str | None) -> Claims:
    """Claims of all markets or one, the last opened first; `partial`: only those the pool could not pay whole."""
    query, name = select(_TABLE).where(_TABLE.c.state > 0), f"claims {market_id} {partial}"
    if market_id is not None:
        query = query.where(_TABLE.c.market_id == market_id)
    if partial is not None:
        query = query.where(_TABLE.c.fully_covered.is_(not partial), _TABLE.c.state == PAID)
    if cursor is not None:
        query = query.where(tuple_(*_PLACE) < tuple_(*read_cursor(cursor, tuple[int, int, str], name)))
    rows = view.session.execute(query.order_by(*(column.desc() for column in _PLACE)).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    following = write_cursor((last.opened_at, last.sequence, last.address), name) if last is not None else None
    return Claims(as_of_slot=view.slot, items=[claim(view, row) for row in rows[:limit]], next=following)


def no_claims(view: View, market_id: str | None, limit: int, cursor: str | None) -> NoClaims:
    """Reports that stayed below the threshold, newest first."""
    found = page_after(view, _NONE, {"market_id": market_id}, limit, cursor, f"no claims {market_id}")
    return NoClaims(as_of_slot=view.slot, items=[_no_claim(view, row) for row in found.rows], next=found.next)


def claim(view: View, row: Any) -> Claim:
    """One claim."""
    return Claim(
        claim=row.address,
        market_id=row.market_id,
        name=name_of(view.context, row.market_id),
        sequence=row.sequence,
        state=STATES[row.state],
        opened_at=row.opened_at,
        paid_at=row.timestamp if row.state == PAID else None,
        epoch=row.epoch if row.state == PAID else None,
        deficit=str(row.deficit_amount),
        threshold=str(row.threshold),
        payout=str(row.payout_amount),
        fully_covered=row.fully_covered,
        uncovered=str(row.uncovered),
        tiers=tiers(row),
        arrears_offset=str(row.arrears_offset),
        fee=str(row.fee),
        executor_fee=str(row.executor_fee),
        fee_collected=row.fee_collected,
        net_paid=str(row.net_paid),
        executor=row.executor,
    )


def tiers(row: Any) -> list[Tier]:
    """Who bore it; what profits bore is a part of what the pool left uncovered."""
    found: list[tuple[TierName, str, int, bool]] = [
        ("margin", "traders' margins", row.margin_tier, False),
        ("insurance_fund", "the market's own insurance fund", row.fund_tier, False),
        ("first_loss", "leftovers and the creator's first-loss stake", row.first_loss_tier, True),
        ("premium", "premiums that had not vested", row.premium_tier, True),
        ("capital", "providers' capital", row.capital_tier, True),
        ("profit", "winning traders' unvested profit, at most", row.profit_tier, True),
        ("uncovered", "nobody", row.uncovered - row.profit_tier, True),
    ]
    return [Tier(name=name, title=title, amount=str(amount), of_deficit=part) for name, title, amount, part in found]


def find_claim(view: View, address: str) -> Any | None:
    """The row of a record, None where there is none."""
    return load_one(view, ClaimRecord, address=address)


def _no_claim(view: View, row: Any) -> NoClaim:
    return NoClaim(
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        epoch=row.epoch,
        market_id=row.market_id,
        name=name_of(view.context, row.market_id),
        executor=row.actor,
        deficit=str(row.deficit),
        unsettled=str(row.unsettled),
        threshold=str(row.threshold),
        margin=None if row.margin_tier is None else str(row.margin_tier),
        insurance_fund=None if row.fund_tier is None else str(row.fund_tier),
        count=row.count,
        total=str(row.total_deficit),
    )
