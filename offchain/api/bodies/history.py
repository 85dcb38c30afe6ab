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
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.event import Event
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction

_SENT: Any = Transaction.__table__  # type: ignore[attr-defined]
_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_CALLS: Any = Instruction.__table__  # type: ignore[attr-defined]
_WITHOUT_RAW = select(*[column for column in _SENT.c if column.name != "raw"])
_LISTED = {
    None: _WITHOUT_RAW,
    True: _WITHOUT_RAW.where(_SENT.c.err.is_not(None)),
    False: _WITHOUT_RAW.where(_SENT.c.err.is_(None)),
}
"""Transactions by whether they failed."""
_ONE = Prepared(select(_SENT).where(equal(_SENT.c.signature, "signature")))
_CALLED = Prepared(select(_CALLS).where(equal(_CALLS.c.signature, "signature")).order_by(_CALLS.c.position))
_EMITTED = Prepared(select(_EVENTS).where(equal(_EVENTS.c.signature, "signature")).order_by(_EVENTS.c.number))
_EVERY_EVENT = select(_EVENTS)


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
    equals = {"error_code": code, "commitment": commitment}
    found = page_after(view, _LISTED[failed], equals, limit, cursor, f"transactions {failed} {code} {commitment}")
    return Transactions(as_of_slot=view.slot, items=[_transaction(row) for row in found.rows], next=found.next)


def transaction(view: View, signature: str) -> TransactionDetail:
    """One transaction; Problem 404."""
    row = view.first(_ONE, signature=signature)
    if row is None:
        raise not_found(f"no transaction {signature[:90]} touched our programs, or it is not indexed yet")
    message = row.raw["transaction"]["message"]
    return TransactionDetail(
        as_of_slot=view.slot,
        transaction=_transaction(row),
        signers=message["accountKeys"][: message["header"]["numRequiredSignatures"]],
        instructions=[_instruction(call) for call in view.rows(_CALLED, signature=signature)],
        events=[event(one) for one in view.rows(_EMITTED, signature=signature)],
        logs=row.raw["meta"].get("logMessages") or [],
    )


def events(view: View, which: EventFilter, limit: int, cursor: str | None) -> Events:
    """Events, newest first unless said otherwise."""
    equals = {name: getattr(which, name) for name in ("market_id", "name", "actor", "signature")}
    name = f"events {which.market_id} {which.name} {which.actor} {which.signature}"
    found = page_after(view, _EVERY_EVENT, equals, limit, cursor, name, which.oldest_first)
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
