"""The evidence: what landed, in order, and what the accounts hold at the end."""

from dataclasses import dataclass, field
from typing import Any

from solders.pubkey import Pubkey


@dataclass(slots=True)
class Call:
    """One instruction as the chain ran it, with the instructions it called itself."""

    program: Pubkey
    accounts: list[Pubkey]
    data: bytes
    children: list["Call"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Transaction:
    """One landed transaction."""

    signature: str
    slot: int
    time: int
    """Unix time of its block in seconds: the clock that programs read."""
    err: Any
    """Solana's TransactionError as JSON, None when it succeeded."""
    calls: list[Call]
    before: dict[Pubkey, tuple[Pubkey, int]]
    """Token account -> (mint, atoms) before the transaction, as the chain recorded it."""
    after: dict[Pubkey, tuple[Pubkey, int]]


@dataclass(frozen=True, slots=True)
class Account:
    """An account at the end."""

    owner: Pubkey
    data: bytes


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a verification reads."""

    source: str
    """Where it comes from, for messages."""
    transactions: list[Transaction]
    accounts: dict[Pubkey, Account]


def nested(flat: list[tuple[int, Call]]) -> list[Call]:
    """A tree of calls from their order of execution and their depths (1 for a top-level one)."""
    roots: list[Call] = []
    open_calls: list[Call] = []
    for depth, call in flat:
        del open_calls[depth - 1 :]
        (open_calls[-1].children if open_calls else roots).append(call)
        open_calls.append(call)
    return roots
