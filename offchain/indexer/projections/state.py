"""All projected rows by address, and what each of them was before the event that is being applied."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from solders.pubkey import Pubkey

from offchain.chain import seeds
from offchain.chain.accounts import Decodable
from offchain.chain.addresses import Addresses
from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.projections.rows import blank, copied
from offchain.settings.parameters import Parameters

T = TypeVar("T", bound=Decodable)

Before = dict[Pubkey, tuple[Any, int]]
"""Address -> the row (None where there was none) and the slot of its last change."""


class State:
    """The rows. Reducers change them through `create` and `edit` only."""

    def __init__(self, at: Addresses, parameters: Parameters) -> None:
        """No account exists; `parameters` are those the programs were built with."""
        self.at = at
        self.parameters = parameters
        self.rows: dict[Pubkey, Any] = {}
        self.slots: dict[Pubkey, int] = {}
        """Address -> slot of the row's last change."""
        self.before: Before = {}
        """What the event that is being applied has changed so far."""

    def get(self, kind: type[T], address: Pubkey) -> T:
        """A row to read; ProjectionError when no event created it."""
        row = self.rows.get(address)
        if not isinstance(row, kind):
            raise ProjectionError(f"no event created the {kind.__name__} {address}: events before this one are missing")
        return row

    def has(self, address: Pubkey) -> bool:
        """Whether an event created this account."""
        return address in self.rows

    def edit(self, kind: type[T], address: Pubkey) -> T:
        """A row to change; ProjectionError when no event created it."""
        row = self.get(kind, address)
        if address not in self.before:
            self.before[address] = (row, self.slots[address])
            row = self.rows[address] = copied(row)
        return row

    def create(self, kind: type[T], program: str, seed: str, /, *parts: seeds.Part, **fields: Any) -> T:
        """The row of a new account, zeros but for `fields` and its bump; ProjectionError when it exists."""
        template = seeds.BY_PROGRAM[program][seed]
        address, bump = Pubkey.find_program_address(seeds.encode(template, parts), self.at.programs[program])
        if address in self.rows:
            raise ProjectionError(f"the {kind.__name__} {address} is created twice: events came twice")
        self.before.setdefault(address, (None, 0))
        row = self.rows[address] = blank(kind)
        put(row, bump=bump, **fields)
        return row


def put(row: object, /, **fields: Any) -> None:
    """Set fields of a row; AttributeError for one that the account type does not have."""
    held = getattr(row, "__dict__", None)
    if held is None:
        for name, value in fields.items():
            setattr(row, name, value)
        return
    if not fields.keys() <= held.keys():
        raise AttributeError(f"{type(row).__name__} has no field {', '.join(fields.keys() - held.keys())}")
    held.update(fields)


def take(row: object, source: object, names: str) -> None:
    """Copy fields that both have under one name; `names` with spaces in between."""
    put(row, **same(source, names))


def same(source: object, names: str) -> dict[str, Any]:
    """Fields of anything; `names` with spaces in between."""
    wanted, read = _reader(names)
    return dict(zip(wanted, read(source), strict=True))


@cache
def _reader(names: str) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    wanted = tuple(names.split())
    if len(wanted) == 1:
        return wanted, lambda source: (getattr(source, names),)
    return wanted, attrgetter(*wanted)
