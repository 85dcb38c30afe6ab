"""What providers paid in and got out, by position: from the tokens that moved."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.raw.landed import Call, Landed

INTO = {"deposit": "vault", "top_up": "vault"}
OUT_OF = {"execute_withdrawal": "destination"}
"""Instruction of the pool -> the token account that receives."""


@dataclass
class Payments:
    """Of one position, in atoms."""

    paid_in: int = 0
    paid_out: int = 0


def payments(landed: Iterable[Landed]) -> dict[str, Payments]:
    """Address of the position -> its payments so far."""
    found: dict[str, Payments] = {}
    for transaction in landed:
        for call in transaction.calls if transaction.succeeded else ():
            name = call.instruction.name
            if call.instruction.program == "insurance_pool" and name in INTO | OUT_OF:
                position = found.setdefault(call.account("position"), Payments())
                position.paid_in += _received(call, INTO.get(name))
                position.paid_out += _received(call, OUT_OF.get(name))
    return found


def _received(call: Call, name: str | None) -> int:
    if name is None:
        return 0
    return sum(each.atoms for each in call.transfers if each.destination == call.account(name))
