"""What a power's use would change: the transaction is simulated on the chain and the accounts are read out of that."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from solders.pubkey import Pubkey

from offchain.admin.errors import PlanError
from offchain.admin.plan import Change
from offchain.admin.power import Field, Power
from offchain.admin.snapshot import Seen, see
from offchain.chain import transactions
from offchain.chain.backends.base import PreviewChain
from offchain.chain.errors import program_error

if TYPE_CHECKING:
    from offchain.admin.planning import Found

_BLANK = (0, False, str(Pubkey.default()))


@dataclass(frozen=True)
class Foreseen:
    """The changes of a simulation."""

    changes: tuple[Change, ...]

    def value(self, field: Field | None) -> int | None:
        """A field's value afterwards."""
        if field is None:
            return None
        return next((found.after for found in self.changes if _is(found, field)), None)


def foresee(chain: PreviewChain, found: "Found", payer: Pubkey) -> Foreseen:
    """Simulate; ProgramError when it fails, PlanError when nothing changes or more than the table of powers says."""
    trial = transactions.build_unsigned(
        found.instructions, payer, chain.blockhash(), transactions.Options(units=transactions.MAX_UNITS)
    )
    outcome, accounts = chain.preview(trial, [place.address for place in found.places])
    if outcome.err is not None:
        raise program_error(outcome.err, outcome.logs, found.at)
    after = see(found.places, accounts, found.at)
    changes: list[Change] = []
    for place in found.places:
        changes += _changes(found.power, found.before[str(place)], after[str(place)])
    if all(change.before == change.after for change in changes):
        raise PlanError(f"nothing would change: {found.power.name} is in force already")
    return Foreseen(tuple(changes))


def _changes(power: Power, before: Seen, after: Seen) -> list[Change]:
    declared = {field.name: field for field in power.changes if field.account == after.place.name}
    _refuse_undeclared(power, before, after, set(declared))
    return [
        Change(
            place=str(after.place),
            address=str(after.place.address),
            field=name,
            before=before.fields.get(name),
            after=after.fields[name],
            moves=field.moves.value,
            in_force=before.fields.get(field.replaces),
        )
        for name, field in declared.items()
        if name in after.fields
    ]


def _refuse_undeclared(power: Power, before: Seen, after: Seen, declared: set[str]) -> None:
    for name, value in after.fields.items():
        if name in declared or name == "bump":
            continue
        blank = value in _BLANK or (isinstance(value, list) and not any(value))
        if not blank if not before.kind else before.fields.get(name) != value:
            raise PlanError(
                f"{power.name} would change {after.place}.{name}, which this client does not expect: "
                "it is older than the programs, update it"
            )


def _is(change: Change, field: Field) -> Any:
    return change.place.endswith(f".{field.account}") and change.field == field.name
