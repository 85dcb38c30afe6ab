"""A trial as it stands in an answer: changes, transfers, new accounts, fees."""

from collections.abc import Iterable

from solders.pubkey import Pubkey

from offchain.api.build.flows import Flow
from offchain.api.build.labels import Labels, what_is
from offchain.api.build.schemas.built import (
    Created,
    Fee,
    Simulation,
    SolChange,
    TokenChange,
    Transfer,
)
from offchain.api.build.trial import Trial
from offchain.api.schemas.kinds import MoneyUnit
from offchain.chain.addresses import Addresses
from offchain.chain.errors import program_error

LOGS = 200
"""Lines of logs in an answer."""


def simulation(trial: Trial, mint: Pubkey | None, labels: Labels, at: Addresses) -> Simulation:
    """The whole trial; of a failed one why it fails."""
    error = None if trial.err is None else program_error(trial.err, trial.logs, at)
    return Simulation(
        success=error is None,
        code=error.code if error else None,
        advice=f"{error.message}. {error.advice}" if error else None,
        units=trial.units,
        network_fee=str(trial.fee),
        tokens=_token_changes(trial, labels),
        lamports=_sol_changes(trial),
        transfers=transfers(trial, mint, labels),
        accounts_created=created(trial, at),
        logs=trial.logs[:LOGS],
    )


def transfers(trial: Trial, mint: Pubkey | None, labels: Labels) -> list[Transfer]:
    """Every payment, in order."""
    return [_transfer(trial, flow, mint, labels) for flow in trial.flows]


def created(trial: Trial, at: Addresses) -> list[Created]:
    """Accounts that exist afterwards and did not before; one that only held lamports counts as new."""
    found = []
    for key, after in trial.after.items():
        before = trial.before[key]
        if after is None or not after.data or (before is not None and before.data):
            continue
        what, program = what_is(after, at)
        rent = after.lamports - (before.lamports if before else 0)
        found.append(Created(str(key), what, program, str(rent)))
    return found


def rent_of(accounts: Iterable[Created]) -> int:
    """Lamports put into new accounts."""
    return sum(int(one.rent) for one in accounts)


def network_fees(trial: Trial, payer: Pubkey, rent: int) -> list[Fee]:
    """The fee of the network, and rent where accounts are created."""
    fees = [Fee("network", "network fee", "lamports", str(trial.fee), str(payer), "validators")]
    if rent:
        title = "rent of new accounts, which stays in them"
        fees.append(Fee("rent", title, "lamports", str(rent), str(payer), "the new accounts"))
    return fees


def _transfer(trial: Trial, flow: Flow, mint: Pubkey | None, labels: Labels) -> Transfer:
    source, destination = trial.token(flow.source), trial.token(flow.destination)
    token = (source or destination) if flow.is_token else None
    unit: MoneyUnit = "lamports" if token is None else "atoms" if token.mint == mint else "units"
    return Transfer(
        unit=unit,
        mint=str(token.mint) if token else None,
        amount=str(flow.amount),
        source=str(flow.source),
        source_owner=str(source.owner if source and flow.is_token else flow.source),
        source_label=labels.get(flow.source, ""),
        destination=str(flow.destination),
        destination_owner=str(destination.owner if destination and flow.is_token else flow.destination),
        destination_label=labels.get(flow.destination, ""),
    )


def _token_changes(trial: Trial, labels: Labels) -> list[TokenChange]:
    changes = []
    for key in trial.after:
        held = trial.token(key)
        if held is None or trial.err is not None:
            continue
        change = -trial.paid_by(key)
        changes.append(
            TokenChange(
                address=str(key),
                owner=str(held.owner),
                mint=str(held.mint),
                label=labels.get(key, ""),
                before=str(held.amount - change),
                after=str(held.amount),
                change=str(change),
            )
        )
    return changes


def _sol_changes(trial: Trial) -> list[SolChange]:
    changes = []
    for key, after in trial.after.items():
        before = trial.before[key]
        then, now = (account.lamports if account else 0 for account in (before, after))
        if then != now:
            changes.append(SolChange(str(key), str(then), str(now), str(now - then)))
    return changes
