"""The outcome of a transaction that was tried and taken back."""

from dataclasses import dataclass, field

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.decode import Decoded
from offchain.localnet.errors import Json, TransactionRefusedError
from offchain.localnet.execution import Execution
from offchain.localnet.records import InnerCall


@dataclass(frozen=True)
class Simulation:
    """What the transaction would do. `err` is None if it would succeed."""

    slot: int
    err: Json
    logs: list[str]
    units: int
    fee: int = 0
    """Lamports; 0 if the transaction could not land."""
    inner: dict[int, list[InnerCall]] = field(default_factory=dict)
    return_program: bytes = b""
    return_data: bytes = b""
    after: dict[Pubkey, Account | None] = field(default_factory=dict)
    """Each account of the transaction as it would be afterwards."""


def refused(slot: int, error: TransactionRefusedError) -> Simulation:
    """The simulation of a transaction that may not land."""
    return Simulation(slot, error.err, error.logs, error.units)


def executed(slot: int, decoded: Decoded, execution: Execution) -> Simulation:
    """The simulation of a transaction that ran."""
    return Simulation(
        slot=slot,
        err=execution.err,
        logs=execution.logs,
        units=execution.units,
        fee=execution.fee,
        inner=execution.inner,
        return_program=execution.return_program,
        return_data=execution.return_data,
        after=dict(zip(decoded.keys, execution.after, strict=True)),
    )
