"""Transactions and events as documents."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from offchain.api.pages import page_after
from offchain.api.problems import not_found
from offchain.api.reading import View
from offchain.api.schemas.history import (
    EventRow,
    Events,
    InstructionRow,
    TransactionDetail,
    TransactionRow,
    Transactions,
)
from offchain.chain.advice import ADVICE
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction

_SENT: Any = Transaction.__table__  # type: ignore[attr-defined]
_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_CALLS: Any = Instruction.__table__  # type: ignore[attr-defined]
_WITHOUT_RAW = [column for column in _SENT.c if column.name != "raw"]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; None: all."""

    market_id: str | None = None
    name: str | None = None
    actor: str | None = None
    signature: str | None = None
    oldest_first: bool = False


def transactions(
    view: View, failed: bool | None, code: str | None, commitment: str | None, limit: int, cursor: str | None
) -> Transactions:
    """Transactions, newest first; `failed` chooses those that were refused, or those that were not."""
    query = select(*_WITHOUT_RAW)
    if failed is not None:
        query = query.where(_SENT.c.err.is_not(None) if failed else _SENT.c.err.is_(None))
    if code is not None:
        query = query.where(_SENT.c.error_code == code)
    if commitment is not None:
        query = query.where(_SENT.c.commitment == commitment)
    found = page_after(view, query, _SENT.c, limit, cursor, f"transactions {failed} {code} {commitment}")
    return Transactions(as_of_slot=view.slot, items=[_transaction(row) for row in found.rows], next=found.next)


def transaction(view: View, signature: str) -> TransactionDetail:
    """One transaction; Problem 404."""
    row = view.session.execute(select(_SENT).where(_SENT.c.signature == signature)).first()
    if row is None:
        raise not_found(f"no transaction {signature[:90]} touched our programs, or it is not indexed yet")
    calls = select(_CALLS).where(_CALLS.c.signature == signature).order_by(_CALLS.c.position)
    told = select(_EVENTS).where(_EVENTS.c.signature == signature).order_by(_EVENTS.c.number)
    message = row.raw["transaction"]["message"]
    return TransactionDetail(
        as_of_slot=view.slot,
        transaction=_transaction(row),
        signers=message["accountKeys"][: message["header"]["numRequiredSignatures"]],
        instructions=[_instruction(call) for call in view.session.execute(calls)],
        events=[event(one) for one in view.session.execute(told)],
        logs=row.raw["meta"].get("logMessages") or [],
    )


def events(view: View, which: EventFilter, limit: int, cursor: str | None) -> Events:
    """Events, newest first unless said otherwise."""
    query = select(_EVENTS)
    for name in ("market_id", "name", "actor", "signature"):
        value = getattr(which, name)
        if value is not None:
            query = query.where(_EVENTS.c[name] == value)
    name = f"events {which.market_id} {which.name} {which.actor} {which.signature}"
    found = page_after(view, query, _EVENTS.c, limit, cursor, name, which.oldest_first)
    return Events(as_of_slot=view.slot, items=[event(row) for row in found.rows], next=found.next)


def event(row: Any) -> EventRow:
    """One event."""
    return EventRow(
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        position=row.position,
        time=row.block_time,
        path=row.path,
        program=row.program,
        name=row.name,
        market_id=row.market_id,
        actor=row.actor,
        epoch=row.epoch,
        data=row.data,
    )


def _transaction(row: Any) -> TransactionRow:
    return TransactionRow(
        signature=row.signature,
        slot=row.slot,
        position=row.position,
        time=row.block_time,
        commitment=row.commitment,
        succeeded=row.err is None,
        error_code=row.error_code,
        error_program=row.error_program,
        advice=ADVICE.get(row.error_code or ""),
        fee=str(row.fee),
        units=row.units,
        truncated=row.truncated,
    )


def _instruction(row: Any) -> InstructionRow:
    return InstructionRow(
        path=row.path,
        program=row.program,
        name=row.name,
        market_id=row.market_id,
        args=row.args,
        accounts=row.accounts,
    )
