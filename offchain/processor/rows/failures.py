"""How often each instruction was called, and how calls failed."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.database.tables.instruction import Instruction
from offchain.database.tables.transaction import Transaction
from offchain.processor.figures.failures import Call, Counts, Failure

UNKNOWN = "UNKNOWN"
"""Code of a failure that the node did not explain."""
_PART = 500
"""Failed transactions whose calls are read at once."""


def counts(session: Session, from_slot: int, to_slot: int) -> Counts:
    """Of transactions in `from_slot .. to_slot - 1`. Calls that a failure kept from being made are not counted."""
    within = (col(Transaction.slot) >= from_slot, col(Transaction.slot) < to_slot)
    rows = session.execute(
        select(col(Instruction.program), col(Instruction.name), func.count())
        .join(Transaction, col(Transaction.signature) == col(Instruction.signature))
        .where(*within, col(Transaction.error_code).is_(None), col(Instruction.name).is_not(None))
        .group_by(col(Instruction.program), col(Instruction.name))
    )
    calls = Counter({Call(program, name): int(count) for program, name, count in rows})
    failures: Counter[Failure] = Counter()
    failed = session.execute(
        select(
            col(Transaction.signature),
            col(Transaction.err),
            col(Transaction.error_code),
            col(Transaction.error_program),
        ).where(*within, col(Transaction.error_code).is_not(None))
    ).all()
    for start in range(0, len(failed), _PART):
        part = failed[start : start + _PART]
        made = _calls_of(session, [row[0] for row in part])
        for signature, err, code, program in part:
            ran = ran_before(made.get(signature, []), failing_index(err))
            calls.update(Call(each[1], each[2]) for each in ran if each[2] is not None)
            failures[Failure(*failing_call(ran, program), code or UNKNOWN)] += 1
    return Counts(calls, failures)


Made = tuple[str, str, str | None]
"""Path, program and name of one call."""


def failing_index(err: Any) -> int | None:
    """Which instruction of the transaction failed; None where the transaction itself was refused."""
    if isinstance(err, dict) and "InstructionError" in err:
        return int(err["InstructionError"][0])
    return None


def ran_before(calls: Iterable[Made], index: int | None) -> list[Made]:
    """The calls that were made: those of later instructions were not."""
    return [call for call in calls if index is None or int(call[0].partition(".")[0]) <= index]


def failing_call(ran: list[Made], program: str | None) -> Call:
    """The last call of the program that failed, or the last instruction that was tried."""
    own = [call for call in ran if call[1] == program and call[2] is not None]
    tried = own or [call for call in ran if "." not in call[0]]
    return Call(tried[-1][1], tried[-1][2] or "") if tried else Call(program or "", "")


def _calls_of(session: Session, signatures: list[str]) -> dict[str, list[Made]]:
    found: dict[str, list[Made]] = {}
    rows = session.execute(
        select(col(Instruction.signature), col(Instruction.path), col(Instruction.program), col(Instruction.name))
        .where(col(Instruction.signature).in_(signatures))
        .order_by(col(Instruction.signature), col(Instruction.position))
    )
    for signature, *call in rows:
        found.setdefault(signature, []).append((call[0], call[1], call[2]))
    return found
