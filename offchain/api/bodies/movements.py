"""What a provider did, newest first, and the same as CSV."""

import csv
from io import StringIO
from typing import Any

from sqlalchemy import Select, select

from offchain.api.bodies.paid import DEPOSITS
from offchain.api.names import name_of
from offchain.api.pages import Found, merged_after
from offchain.api.reading import View
from offchain.api.schemas.kinds import MovementKind
from offchain.api.schemas.positions import History, Movement
from offchain.chain.units import ATOMS
from offchain.database.tables.event import Event
from offchain.database.tables.withdrawal import Withdrawal

MOST = 10_000
"""Lines of one CSV file."""
COLUMNS = ("time", "kind", "market", "position", "amount_usdc", "fee_usdc", "net_usdc", "shares", "slot", "signature")
_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_PAID_IN = select(_EVENTS).where(_EVENTS.c.name.in_(DEPOSITS))
_LEFT = select(Withdrawal.__table__)  # type: ignore[attr-defined]
_KINDS: dict[str, MovementKind] = {"Deposited": "deposit", "ToppedUp": "top_up", "execute": "withdrawal"}


def history(view: View, provider: str, market_id: str | None, limit: int, cursor: str | None) -> History:
    """One page."""
    found = _found(view, provider, market_id, limit, cursor)
    return History(
        as_of_slot=view.slot, provider=provider, items=[_movement(row) for row in found.rows], next=found.next
    )


def as_csv(view: View, provider: str) -> str:
    """The newest MOST movements as a CSV file with a header; amounts in USDC with all their decimals."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in (_movement(row) for row in _found(view, provider, None, MOST, None).rows):
        amounts = [usdc(int(value)) for value in (one.amount, one.fee, one.net)]
        market = name_of(view.context, one.market_id) or one.market_id
        time = "" if one.time is None else one.time
        writer.writerow(
            [time, one.kind, market, one.position, *amounts, usdc(int(one.shares)), one.slot, one.signature]
        )
    return text.getvalue()


def usdc(atoms: int) -> str:
    """`-12.345678`, without separators."""
    whole, rest = divmod(abs(atoms), ATOMS)
    return f"{'-' if atoms < 0 else ''}{whole}.{rest:06d}"


def _found(view: View, provider: str, market_id: str | None, limit: int, cursor: str | None) -> Found:
    queries: list[tuple[Select[Any], dict[str, Any]]] = [
        (_PAID_IN, {"actor": provider, "market_id": market_id}),
        (_LEFT, {"provider": provider, "market_id": market_id}),
    ]
    return merged_after(view, queries, limit, cursor, f"movements {provider} {market_id}")


def _movement(row: Any) -> Movement:
    return _deposit(row) if "data" in row._fields else _withdrawal(row)


def _deposit(row: Any) -> Movement:
    amount = int(row.data["amount"])
    return Movement(
        kind=_KINDS[row.name],
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        market_id=row.market_id,
        position=row.data["position"],
        amount=str(amount),
        fee="0",
        net=str(-amount),
        shares=str(row.data["minted"]),
        share_price=None,
    )


def _withdrawal(row: Any) -> Movement:
    executed = row.kind == "execute"
    return Movement(
        kind=_KINDS.get(row.kind, row.kind),
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        market_id=row.market_id,
        position=row.provider_position,
        amount=str(row.gross if executed else row.value),
        fee=str(row.fee),
        net=str(row.net if executed else 0),
        shares=str(row.shares),
        share_price=str(row.share_price),
    )
