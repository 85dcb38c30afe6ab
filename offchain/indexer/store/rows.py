"""Rows of the tables from decoded transactions, as tuples in the order of COLUMNS; JSON is text already."""

from typing import Any

import msgspec

from offchain.indexer.decode.model import Decoded, DecodedEvent, DecodedInstruction
from offchain.indexer.raw import RawTransaction

Row = tuple[Any, ...]
CONFIRMED, FINALIZED = "confirmed", "finalized"

TRANSACTION = (
    "signature",
    "slot",
    "position",
    "block_time",
    "commitment",
    "err",
    "error_code",
    "error_program",
    "fee",
    "units",
    "truncated",
    "raw",
)
INSTRUCTION = ("signature", "path", "position", "program", "name", "market_id", "args", "accounts")
EVENT = (
    "signature",
    "number",
    "slot",
    "position",
    "block_time",
    "path",
    "program",
    "name",
    "market_id",
    "actor",
    "epoch",
    "data",
)


def transaction_row(raw: RawTransaction, decoded: Decoded, final: bool) -> Row:
    """Of the table `transactions`."""
    error = decoded.error
    return (
        raw.signature,
        raw.slot,
        raw.position,
        raw.block_time,
        FINALIZED if final else CONFIRMED,
        None if raw.err is None else msgspec.json.encode(raw.err).decode(),
        error.code if error else None,
        error.program if error else None,
        raw.fee,
        raw.units,
        decoded.truncated,
        raw.text.decode(),
    )


def instruction_row(call: DecodedInstruction) -> Row:
    """Of the table `instructions`."""
    return (
        call.signature,
        call.path,
        call.position,
        call.program,
        call.name,
        call.market_id,
        call.args_text,
        call.accounts_text,
    )


def event_row(event: DecodedEvent) -> Row:
    """Of the table `events`."""
    return (
        event.signature,
        event.number,
        event.slot,
        event.position,
        event.block_time,
        event.path,
        event.program,
        event.name,
        event.market_id,
        event.actor,
        event.epoch,
        event.text or msgspec.json.encode(event.data).decode(),
    )
