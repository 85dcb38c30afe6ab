"""What nodes tell about transactions that were tried, are on their way, or landed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey
from solders.signature import Signature

from offchain.chain.backends.base import Outcome


@dataclass(frozen=True, slots=True)
class Trial:
    """A simulated transaction."""

    err: Any
    """Solana's TransactionError as JSON; None when it would succeed."""
    logs: list[str]
    units: int
    accounts: list[Account | None]
    """The watched accounts as they would be afterwards."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a sent transaction has come."""

    slot: int
    err: Any
    confirmed: bool
    """Confirmed or finalized: no longer only processed by the asked node."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A confirmed transaction and what it did to balances."""

    signature: Signature
    slot: int
    block_time: int
    """Unix time in seconds, 0 where the node does not tell."""
    err: Any
    logs: list[str]
    units: int
    fee: int
    """Lamports of the fee, priority fee included; part of `payer_change`."""
    payer_change: int
    """Change of the fee payer's lamports: fee and rent are negative."""
    tokens: Mapping[tuple[str, str], int]
    """(owner, mint) -> change of that owner's token accounts, atoms."""

    @property
    def outcome(self) -> Outcome:
        """The part that every chain tells."""
        return Outcome(self.signature, self.err, self.logs, self.units, self.slot, self.block_time)


def read_landed(signature: Signature, answer: Any) -> Landed | None:
    """From the answer of getTransaction; None while the node does not show it."""
    meta = (answer or {}).get("meta")
    if meta is None:
        return None
    tokens: dict[tuple[str, str], int] = {}
    for sign, name in ((-1, "preTokenBalances"), (1, "postTokenBalances")):
        for held in meta.get(name) or []:
            key = (str(held.get("owner")), str(held["mint"]))
            tokens[key] = tokens.get(key, 0) + sign * int(held["uiTokenAmount"]["amount"])
    return Landed(
        signature=signature,
        slot=int(answer["slot"]),
        block_time=int(answer.get("blockTime") or 0),
        err=meta["err"],
        logs=list(meta.get("logMessages") or []),
        units=int(meta.get("computeUnitsConsumed") or 0),
        fee=int(meta["fee"]),
        payer_change=int(meta["postBalances"][0]) - int(meta["preBalances"][0]),
        tokens=tokens,
    )


def read_account(value: Any, decode: Any) -> Account | None:
    """From JSON with base64 data; `decode` turns that text into bytes."""
    if value is None:
        return None
    owner = Pubkey.from_string(value["owner"])
    return Account(int(value["lamports"]), decode(value["data"][0]), owner, bool(value["executable"]))
