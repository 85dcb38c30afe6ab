"""Rows of the tables from decoded transactions."""

from typing import Any

from offchain.indexer.decode.model import Decoded, DecodedEvent, DecodedInstruction
from offchain.indexer.raw import RawTransaction

Row = dict[str, Any]
CONFIRMED, FINALIZED = "confirmed", "finalized"


def transaction_row(raw: RawTransaction, decoded: Decoded, final: bool) -> Row:
    """Of the table `transactions`."""
    return {
        "signature": raw.signature,
        "slot": raw.slot,
        "position": raw.position,
        "block_time": raw.block_time,
        "commitment": FINALIZED if final else CONFIRMED,
        "err": raw.err,
        "error_code": decoded.error.code if decoded.error else None,
        "error_program": decoded.error.program if decoded.error else None,
        "fee": raw.fee,
        "units": raw.units,
        "truncated": decoded.truncated,
        "raw": raw.document,
    }


def instruction_row(call: DecodedInstruction) -> Row:
    """Of the table `instructions`."""
    return {
        "signature": call.signature,
        "path": call.path,
        "position": call.position,
        "program": call.program,
        "name": call.name,
        "market_id": call.market_id,
        "args": call.args,
        "accounts": call.accounts,
    }


def event_row(event: DecodedEvent) -> Row:
    """Of the table `events`."""
    return {
        "signature": event.signature,
        "number": event.number,
        "slot": event.slot,
        "position": event.position,
        "block_time": event.block_time,
        "path": event.path,
        "program": event.program,
        "name": event.name,
        "market_id": event.market_id,
        "actor": event.actor,
        "epoch": event.epoch,
        "data": event.data,
    }
