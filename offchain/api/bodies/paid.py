"""What providers paid in and were paid out, by position: summed from what happened, not from what is left."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from offchain.api.reading import View
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.event import Event
from offchain.database.tables.withdrawal import Withdrawal

DEPOSITS = ("Deposited", "ToppedUp")
_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_LEFT: Any = Withdrawal.__table__  # type: ignore[attr-defined]
_PAID_IN = Prepared(
    select(_EVENTS.c.data).where(equal(_EVENTS.c.actor, "providers", True), _EVENTS.c.name.in_(DEPOSITS))
)
_PAID_OUT = Prepared(
    select(_LEFT.c.provider_position, func.sum(_LEFT.c.net))
    .where(equal(_LEFT.c.provider, "providers", True), _LEFT.c.kind == "execute")
    .group_by(_LEFT.c.provider_position)
)


def paid_in(view: View, providers: Iterable[str]) -> Counter[str]:
    """Position -> all its deposits, atoms."""
    found: Counter[str] = Counter()
    for (data,) in view.rows(_PAID_IN, providers=sorted(providers)):
        found[data["position"]] += int(data["amount"])
    return found


def paid_out(view: View, providers: Iterable[str]) -> Counter[str]:
    """Position -> all that its withdrawals paid after fees, atoms."""
    return Counter({row[0]: int(row[1]) for row in view.rows(_PAID_OUT, providers=sorted(providers))})
