"""A transaction as a node tells it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import msgspec

from offchain.indexer.errors import NodeLieError

_ZERO = b"\\u0000"


class ToldCall(msgspec.Struct, rename="camel", gc=False):
    """One call; accounts and program are indexes into the keys."""

    program_id_index: int
    accounts: list[int]
    data: str
    stack_height: int | None = None


class ToldGroup(msgspec.Struct, gc=False):
    """The calls made by one instruction of the transaction."""

    index: int
    instructions: list[ToldCall]


class ToldLoaded(msgspec.Struct, gc=False):
    """Keys taken from lookup tables."""

    writable: list[str] = []
    readonly: list[str] = []


class ToldMeta(msgspec.Struct, rename="camel", gc=False):
    """What it did."""

    err: Any
    fee: int
    log_messages: list[str] | None = None
    inner_instructions: list[ToldGroup] | None = None
    loaded_addresses: ToldLoaded | None = None
    compute_units_consumed: int | None = None


class ToldMessage(msgspec.Struct, rename="camel", gc=False):
    """What was signed."""

    account_keys: list[str]
    instructions: list[ToldCall]


class ToldTransaction(msgspec.Struct, gc=False):
    """The message with its signatures."""

    signatures: list[str]
    message: ToldMessage


class Told(msgspec.Struct, rename="camel", gc=False):
    """What is read of an answer of getTransaction, encoding `json`."""

    slot: int
    transaction: ToldTransaction
    meta: ToldMeta
    block_time: int | None = None


_DECODER = msgspec.json.Decoder(Told)


class RawTransaction:
    """One landed transaction with its place in the chain."""

    def __init__(self, text: bytes, told: Told, position: int, recovered: Sequence[str] | None) -> None:
        """Use `read_raw` or `read_text`."""
        self.text = text
        """The node's answer as JSON, as it came but for zero characters."""
        self.told = told
        self.signature = told.transaction.signatures[0]
        """Base58."""
        self.slot = told.slot
        self.position = position
        """Order among our transactions of the slot: the index in its block where the slot holds several."""
        self.block_time = told.block_time
        """Unix seconds; None where the node does not know."""
        self.err: Any = told.meta.err
        """Solana's TransactionError as JSON; None when it succeeded."""
        self.logs: list[str] = told.meta.log_messages or []
        self.recovered = None if recovered is None else list(recovered)
        """The whole logs where the node cut them off and the document can't carry them."""

    @cached_property
    def document(self) -> dict[str, Any]:
        """The node's answer."""
        found: dict[str, Any] = msgspec.json.decode(self.text)
        return found

    @property
    def whole_logs(self) -> list[str]:
        """The recovered ones, else what the node told."""
        return self.logs if self.recovered is None else self.recovered

    @property
    def fee(self) -> int:
        """Lamports."""
        return self.told.meta.fee

    @property
    def units(self) -> int:
        """Compute units; 0 where the node does not tell."""
        return self.told.meta.compute_units_consumed or 0

    def with_logs(self, recovered: Sequence[str]) -> "RawTransaction":
        """The same with its whole logs beside the document."""
        return RawTransaction(self.text, self.told, self.position, recovered)

    def completed(self, logs: Sequence[str]) -> "RawTransaction":
        """The same with these logs in the document, as a node that cut nothing off tells it."""
        meta = {**self.document["meta"], "logMessages": list(logs)}
        return read_raw({**self.document, "meta": meta}, self.position)


def read_raw(document: Any, position: int = 0, recovered: Sequence[str] | None = None) -> RawTransaction:
    """From an answer of getTransaction (encoding `json`); NodeLieError when it is none."""
    return read_text(msgspec.json.encode(document), position, recovered)


def read_text(text: bytes, position: int = 0, recovered: Sequence[str] | None = None) -> RawTransaction:
    """The same from its JSON."""
    try:
        if _ZERO in text:
            text = _storable(text)
        return RawTransaction(text, _DECODER.decode(text), position, recovered)
    except (msgspec.MsgspecError, AttributeError, KeyError, IndexError, TypeError) as error:
        raise NodeLieError(f"the node's answer is no transaction ({error!r}): use another node") from None


def storable_logs(logs: Sequence[str]) -> list[str]:
    """The same without zero characters, which PostgreSQL's JSON can't hold: any program may log one."""
    return [line.replace("\0", "\N{REPLACEMENT CHARACTER}") for line in logs]


def _storable(text: bytes) -> bytes:
    document = msgspec.json.decode(text)
    document["meta"]["logMessages"] = storable_logs(document["meta"].get("logMessages") or [])
    return msgspec.json.encode(document)
