"""`compare`: every projected row against the account of its address."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.accounts import AccountError, decode
from offchain.chain.backends.base import Chain
from offchain.deploy.idl import is_idl
from offchain.indexer.projections.projector import Projector
from offchain.indexer.projections.rows import KINDS, fields_of


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where projection and chain differ."""

    kind: str
    address: Pubkey
    field: str | None
    """None: the whole account."""
    projected: object
    found: object

    def __str__(self) -> str:
        place = f"{self.kind} {self.address}" + (f", {self.field}" if self.field else "")
        return f"{place}: the events say {self.projected}, the chain holds {self.found}"


@dataclass(slots=True)
class Comparison:
    """What was compared and what differs."""

    accounts: Counter[str] = field(default_factory=Counter)
    """Accounts found, by type."""
    fields: Counter[str] = field(default_factory=Counter)
    """Fields compared, by type."""
    mismatches: list[Mismatch] = field(default_factory=list)


def compare(projector: Projector, chain: Chain) -> Comparison:
    """Compare every account of the five programs with its row, field by field; missing and surplus ones differ too."""
    comparison = Comparison()
    for program in KINDS:
        compare_program(projector, program, chain.owned_by(projector.state.at.programs[program]), comparison)
    return comparison


def compare_program(projector: Projector, program: str, found: list[tuple[Pubkey, Account]], into: Comparison) -> None:
    """The same for all accounts of one program, as they were when the last event was applied."""
    kinds = {bytes(kind.discriminator): kind for kind in KINDS[program]}
    unseen = {address: row for address, row in projector.rows.items() if isinstance(row, KINDS[program])}
    for address, account in found:
        if is_idl(account):
            continue
        kind = kinds.get(account.data[:8])
        if kind is None:
            into.mismatches.append(Mismatch("account of an unknown type", address, None, "nothing", "an account"))
        else:
            compare_account(kind, address, unseen.pop(address, None), account, into)
    for address, row in unseen.items():
        into.mismatches.append(Mismatch(type(row).__name__, address, None, "an account", "nothing"))


def compare_account(kind: type[Any], address: Pubkey, row: Any, account: Account, into: Comparison) -> None:
    """The same for one account of a known type and the row of its address, None where there is none."""
    name = kind.__name__
    into.accounts[name] += 1
    try:
        held = decode(kind, account.data)
    except AccountError as error:
        into.mismatches.append(Mismatch(name, address, None, "an account", error))
        return
    if not isinstance(row, kind):
        into.mismatches.append(Mismatch(name, address, None, "nothing", "an account"))
        return
    for one in fields_of(kind):
        projected, value = getattr(row, one), getattr(held, one)
        into.fields[name] += 1
        if projected != value:
            into.mismatches.append(Mismatch(name, address, one, projected, value))
