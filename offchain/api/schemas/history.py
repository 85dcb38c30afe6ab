"""Transactions and events."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import Commitment
from offchain.api.schemas.units import Body, Lamports, Name, Number, Page, Signature, Slot, Units


class TransactionRow(Struct, kw_only=True):
    """One transaction that touched a program of ours."""

    signature: Signature
    slot: Slot
    position: Annotated[int, Meta(description="Order among our transactions of the slot, from 0")]
    time: Annotated[int | None, Meta(description="Unix seconds; null where the node told none")]
    commitment: Annotated[Commitment, Meta(description="confirmed: may still be dropped")]
    succeeded: Annotated[bool, Meta(description="False: it landed and was refused; only its fee was paid")]
    error_code: Annotated[str | None, Meta(description="Stable code of the refusal, such as E_LOCKED; null: none")]
    error_program: Annotated[str | None, Meta(description="Program that refused: a name of ours or an address")]
    advice: Annotated[str | None, Meta(description="What to do about the refusal; null: nothing is known, or none")]
    fee: Lamports
    units: Units
    truncated: Annotated[bool, Meta(description="The node cut its logs off and nothing brought them back")]


class Transactions(Page, kw_only=True):
    """Transactions."""

    items: Annotated[list[TransactionRow], Meta(description="Newest first")]


class InstructionRow(Struct, kw_only=True):
    """One call inside a transaction."""

    path: Annotated[str, Meta(description="2 is the third instruction, 2.0.1 the second call of its first call")]
    program: Annotated[str, Meta(description="Name of one of our programs, otherwise its address")]
    name: Annotated[str | None, Meta(description="Of the instruction; null where the program is not ours")]
    market_id: Annotated[str | None, Meta(description="Market it concerns, base58; null: none or not known")]
    args: Annotated[dict[str, Any], Meta(description="By name; 64-bit integers as decimal strings")]
    accounts: Annotated[dict[str, str], Meta(description="Name or number -> address")]


class EventRow(Struct, kw_only=True):
    """One event."""

    signature: Signature
    number: Number
    slot: Slot
    position: Annotated[int, Meta(description="Of the transaction in its slot, from 0")]
    time: Annotated[int | None, Meta(description="Unix seconds; null where the node told none")]
    path: Annotated[str, Meta(description="Of the instruction that told it")]
    program: Name
    name: Name
    market_id: Annotated[str | None, Meta(description="Market it concerns, base58; null: none")]
    actor: Annotated[str | None, Meta(description="Who, base58; null where the event does not tell")]
    epoch: Annotated[int | None, Meta(description="Number of the epoch; null where the event does not tell")]
    data: Annotated[dict[str, Any], Meta(description="Every field; 64-bit integers as decimal strings, keys in base58")]


class Events(Page, kw_only=True):
    """Events."""

    items: Annotated[list[EventRow], Meta(description="In the order asked for")]


class TransactionDetail(Body, kw_only=True):
    """One transaction with everything in it."""

    transaction: Annotated[TransactionRow, Meta(description="The transaction as in the list")]
    signers: Annotated[list[str], Meta(description="Who signed, the fee payer first, base58")]
    instructions: Annotated[list[InstructionRow], Meta(description="All calls in their order")]
    events: Annotated[list[EventRow], Meta(description="All events in their order")]
    logs: Annotated[list[str], Meta(description="What the programs printed; completed where the node had cut it off")]
