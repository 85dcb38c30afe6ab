"""Step one: read the chain, simulate the power's use, and write down what it changes and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.admin.arguments import to_json
from offchain.admin.errors import PlanError
from offchain.admin.foresight import Foreseen, foresee
from offchain.admin.holders import read_configs, signers_of
from offchain.admin.plan import Basis, Plan, Signer, Timing
from offchain.admin.power import Field, Moves, Power, Role, Values
from offchain.admin.snapshot import Place, Seen, hash_of, places_of, see
from offchain.admin.words import moment
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import PreviewChain
from offchain.chain.epochs import Schedule

LOOSE = (Moves.FLOW, Moves.SHOWN)
"""How fields move that a plan does not rest on."""


@dataclass(frozen=True)
class Found:
    """A power with its arguments on a chain as it is now."""

    power: Power
    values: Values
    at: Addresses
    signers: tuple[Signer, ...]
    instructions: tuple[Instruction, ...]
    places: tuple[Place, ...]
    before: dict[str, Seen]
    schedule: Schedule
    now: int

    @property
    def basis(self) -> tuple[Basis, ...]:
        """What a plan made now would rest on."""
        return tuple(_basis(self.power, seen) for seen in self.before.values() if _watched(self.power, seen.place))


def look(chain: PreviewChain, at: Addresses, power: Power, values: Values, caller: Pubkey | None = None) -> Found:
    """Read all accounts of a power's use. `caller` signs what anyone may do."""
    configs = read_configs(chain, at)
    signers = signers_of(power, values, configs, caller)
    instructions = [
        instruction
        for signer in signers
        for instruction in power.build(Pubkey.from_string(signer.address), {**values, "program": signer.program}, at)
    ]
    places = places_of(instructions, at)
    before = see(places, chain.accounts([place.address for place in places]), at)
    risk = configs["risk_engine"]
    return Found(
        power=power,
        values=values,
        at=at,
        signers=signers,
        instructions=tuple(instructions),
        places=tuple(places),
        before=before,
        schedule=Schedule(risk.genesis, risk.epoch_seconds),
        now=chain.now(),
    )


def make_plan(chain: PreviewChain, found: Found, cluster: str, payer: Pubkey | None = None) -> Plan:
    """The plan; PlanError when nothing would change, it is too early or nobody pays, ProgramError when it is refused.

    `payer` pays the fee in the simulation, by default the first signer.
    """
    _refuse_early(found)
    payer = payer or Pubkey.from_string(found.signers[0].address)
    if chain.account(payer) is None:
        raise PlanError(f"{payer} holds no SOL to pay the fee: fund it, or name somebody else with --fee-payer")
    foreseen = foresee(chain, found, payer)
    return Plan(
        cluster=cluster,
        power=found.power.name,
        arguments=to_json(found.values),
        made_at=found.now,
        signers=found.signers,
        changes=foreseen.changes,
        basis=found.basis,
        timing=_timing(found, foreseen),
        sentence=found.power.sentence,
        cannot=found.power.cannot,
    )


def _refuse_early(found: Found) -> None:
    due = found.power.due
    if due is None:
        return
    for place in named(found.places, due):
        value = found.before[str(place)].fields.get(due.name)
        when = _second(found.schedule, due, value) if value else 0
        if when > found.now:
            raise PlanError(f"too early: {found.power.name} is possible again from {moment(when, found.schedule)}")


def named(places: Sequence[Place], field: Field) -> list[Place]:
    """The places of a field: one for each program that is meant."""
    return [place for place in places if place.name == field.account]


def _watched(power: Power, place: Place) -> list[str]:
    """Names of the fields of an account that a plan rests on."""
    fields = [field for field in (*power.changes, *power.rests) if field.moves not in LOOSE]
    names = [field.name for field in fields if field.account == place.name]
    holds_role = place.name == "config" and place.program in power.programs and power.role is not Role.ANYONE
    return [*names, power.role.value] if holds_role else names


def _basis(power: Power, seen: Seen) -> Basis:
    names = _watched(power, seen.place)
    fields = {name: seen.fields[name] for name in names if name in seen.fields}
    return Basis(str(seen.place), str(seen.place.address), seen.kind, fields, hash_of(seen, names))


def _timing(found: Found, foreseen: Foreseen) -> Timing:
    power, schedule = found.power, found.schedule
    starts = foreseen.value(power.starts)
    epoch = schedule.epoch(found.now) if starts is None else starts
    return Timing(
        words=power.effect,
        epoch=epoch,
        starts_at=found.now if starts is None else schedule.start(starts),
        ends_at=foreseen.value(power.ends),
        again_at=foreseen.value(power.due) if power.due in power.changes else None,
    )


def _second(schedule: Schedule, field: Field, value: int) -> int:
    return schedule.start(value) if field.moves is Moves.EPOCHS else value
