"""Step two: only on the chain that the plan rests on, only what it says, and read back afterwards."""

from dataclasses import dataclass, replace
from typing import Any

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.admin.arguments import from_json
from offchain.admin.errors import MovedError, PlanError, ReadBackError, WrongSignerError
from offchain.admin.plan import Basis, Change, Plan
from offchain.admin.planning import Found, look, make_plan
from offchain.admin.power import Moves, Role
from offchain.admin.powers import power
from offchain.admin.snapshot import see
from offchain.chain import transactions
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Outcome, PreviewChain

SLACK = 2
"""Seconds by which a node's clock may differ between two answers."""

LATER = (Moves.SECONDS.value, Moves.EPOCHS.value)
"""How fields move that are counted from the landing."""
AMOUNTS = (Moves.FLOW.value, Moves.SHOWN.value)
"""How amounts move that others move as well."""


@dataclass(frozen=True)
class Ready:
    """A plan that was found to hold on the chain as it is now."""

    found: Found
    fresh: Plan
    """The same plan made now: it shows the moments of a landing now."""


@dataclass(frozen=True)
class Applied:
    """What landed, and what the chain shows since."""

    outcome: Outcome
    changes: tuple[Change, ...]
    """Each field before, and as it was read back."""


def look_again(chain: PreviewChain, at: Addresses, plan: Plan, caller: Pubkey | None) -> Found:
    """The plan's power with its arguments on the chain as it is now."""
    meant = power(plan.power)
    if meant.role is Role.ANYONE and caller is None:
        caller = Pubkey.from_string(plan.signers[0].address)
    return look(chain, at, meant, from_json(meant, plan.arguments), caller)


def in_force(found: Found, plan: Plan) -> bool:
    """Whether the chain shows what the plan wanted already; what has ended by itself is in force no more."""
    ends = found.power.ends
    over = ends is not None and any(
        change.field == ends.name and (_now(found, change) or 0) <= found.now for change in plan.changes
    )
    return not over and all(_reached(change, _now(found, change)) for change in plan.changes)


def moved(found: Found, plan: Plan) -> list[str]:
    """What the plan rests on and is different now: one sentence for each field."""
    now = {basis.place: basis for basis in found.basis}
    sentences: list[str] = []
    for then in plan.basis:
        current = now.get(then.place)
        if current is None or current.address != then.address:
            sentences.append(f"{then.place} is another account")
        elif current.sha256 != then.sha256:
            sentences += _differences(then, current)
    if set(now) != {basis.place for basis in plan.basis}:
        sentences.append("it rests on other accounts")
    return sentences


def prepare(chain: PreviewChain, at: Addresses, plan: Plan, signer: Pubkey) -> Ready:
    """Check everything but the user's consent.

    PlanError: in force already, or the file says something else than the chain would do. MovedError: the chain has
    moved. WrongSignerError: the key does not hold the power.
    """
    found = look_again(chain, at, plan, signer)
    if in_force(found, plan):
        raise PlanError(f"nothing to send: {plan.power} is in force already")
    if different := moved(found, plan):
        raise MovedError(f"the chain has moved since the plan was made: {'; '.join(different)}. Make the plan again")
    _refuse_signer(found, signer)
    fresh = make_plan(chain, found, plan.cluster, signer)
    _refuse_other_changes(plan, fresh)
    return Ready(found, fresh)


def apply(chain: PreviewChain, at: Addresses, ready: Ready, signer: Keypair, priority: int = 0) -> Applied:
    """Send, wait, read back; ReadBackError when the chain shows something else than was planned."""
    options = transactions.Options(priority=priority)
    outcome = transactions.send_measured(chain, ready.found.instructions, [signer], options, at)
    places = ready.found.places
    after = see(places, chain.accounts([place.address for place in places]), at)
    changes = tuple(replace(was, after=after[was.place].fields.get(was.field)) for was in ready.fresh.changes)
    _refuse_surprises(ready, changes, chain.now(), str(outcome.signature))
    return Applied(outcome, changes)


def _now(found: Found, change: Change) -> Any:
    seen = found.before.get(change.place)
    return seen.fields.get(change.field) if seen else None


def _reached(change: Change, current: Any) -> bool:
    if change.moves == Moves.SHOWN.value:
        return True
    if current is None or type(current) is not type(change.after):
        return False
    if change.moves == Moves.FLOW.value:
        return type(change.before) is int and _flowed(change, current)
    if change.moves in LATER:
        return bool(current >= change.after)
    return bool(current == change.after)


def _flowed(change: Change, current: int) -> bool:
    """An amount that was to fall has fallen (some may have come in since), one that was to rise has risen so far."""
    return bool(current < change.before if change.after < change.before else current >= change.after)


def _differences(then: Basis, current: Basis) -> list[str]:
    if not current.kind:
        return [f"{then.place} is gone"]
    if not then.kind:
        return [f"{then.place} exists by now"]
    names = [name for name in then.fields if then.fields[name] != current.fields.get(name)]
    if not names:
        return [f"{then.place} differs from the plan's hash"]
    return [f"{then.place}.{name} was {then.fields[name]}, is {current.fields.get(name)}" for name in names]


def _refuse_signer(found: Found, signer: Pubkey) -> None:
    for holder in found.signers:
        if holder.address != str(signer):
            raise WrongSignerError(
                f"{found.power.name} takes the signature of the {holder.role} of {holder.program}, {holder.address}; "
                f"the key at hand is {signer}"
            )


def _refuse_other_changes(plan: Plan, fresh: Plan) -> None:
    """The file must say what the chain would do now, but for the moments that move on."""
    now = {(change.place, change.field): change for change in fresh.changes}
    for change in plan.changes:
        current = now.pop((change.place, change.field), None)
        if current is None or (current.address, current.moves) != (change.address, change.moves):
            raise PlanError(f"the plan names {change.place}.{change.field}, which {plan.power} does not change")
        fits = current.after == change.after
        if change.moves in LATER:
            fits = type(change.after) is int and current.after >= change.after
        if not fits and change.moves not in AMOUNTS:
            raise PlanError(
                f"the plan says {change.place}.{change.field} becomes {change.after}, "
                f"the chain would make it {current.after}: make the plan again"
            )
    if now:
        raise PlanError(f"the plan leaves out what {plan.power} changes: make it again")


def _refuse_surprises(ready: Ready, changes: tuple[Change, ...], now: int, signature: str) -> None:
    fresh, schedule = ready.fresh, ready.found.schedule
    later = {
        Moves.SECONDS.value: now - fresh.made_at + SLACK,
        Moves.EPOCHS.value: schedule.epoch(now) - schedule.epoch(fresh.made_at),
    }
    for planned, read in zip(fresh.changes, changes, strict=True):
        if read.moves in AMOUNTS:
            fits = read.after is not None and (read.moves == Moves.SHOWN.value or _flowed(planned, read.after))
        else:
            fits = read.after is not None and 0 <= _distance(planned.after, read.after) <= later.get(read.moves, 0)
        if not fits:
            raise ReadBackError(
                f"{signature} landed, but {read.place}.{read.field} is {read.after} where {planned.after} was planned: "
                "somebody else changed it at the same time; look at it with `percosec admin show`"
            )


def _distance(planned: Any, read: Any) -> int:
    """0 for equal values; how much later a moment is; -1 for other differences."""
    if planned == read:
        return 0
    return read - planned if type(planned) is int and type(read) is int else -1
