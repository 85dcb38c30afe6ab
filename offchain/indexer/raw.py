"""A transaction as a node tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from offchain.indexer.errors import NodeLieError


@dataclass(frozen=True, slots=True)
class RawTransaction:
    """One landed transaction with its place in the chain; `document` is the node's own answer, untouched."""

    signature: str
    """Base58."""
    slot: int
    position: int
    """Order among our transactions of the slot: the index in its block where the slot holds several."""
    block_time: int | None
    """Unix seconds; None where the node does not know."""
    err: Any
    """Solana's TransactionError as JSON; None when it succeeded."""
    logs: list[str]
    document: dict[str, Any]
    """The answer of getTransaction, encoding `json`."""
    recovered: list[str] | None = None
    """The whole logs where the node cut them off and they were found out in another way."""

    @property
    def whole_logs(self) -> list[str]:
        """The recovered ones, else what the node told."""
        return self.logs if self.recovered is None else self.recovered

    @property
    def fee(self) -> int:
        """Lamports."""
        return int(self.document["meta"]["fee"])

    @property
    def units(self) -> int:
        """Compute units; 0 where the node does not tell."""
        return int(self.document["meta"].get("computeUnitsConsumed") or 0)


def read_raw(document: dict[str, Any], position: int = 0, recovered: Sequence[str] | None = None) -> RawTransaction:
    """From an answer of getTransaction (encoding `json`); NodeLieError when it is none."""
    try:
        document = _storable(document)
        meta = document["meta"]
        time = document.get("blockTime")
        return RawTransaction(
            signature=str(document["transaction"]["signatures"][0]),
            slot=int(document["slot"]),
            position=position,
            block_time=None if time is None else int(time),
            err=meta["err"],
            logs=list(meta.get("logMessages") or []),
            document=document,
            recovered=None if recovered is None else list(recovered),
        )
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise NodeLieError(f"the node's answer is no transaction ({error!r}): use another node") from None


def _storable(document: dict[str, Any]) -> dict[str, Any]:
    """The same without zero characters, which PostgreSQL's JSON can't hold: any program may log one."""
    logs = document["meta"].get("logMessages") or []
    if not any("\0" in line for line in logs):
        return document
    clean = [line.replace("\0", "\N{REPLACEMENT CHARACTER}") for line in logs]
    return {**document, "meta": {**document["meta"], "logMessages": clean}}
