"""A claim, recomputed."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import Verdict
from offchain.api.schemas.units import DECIMALS, Atoms, Decimals


class Figure(Struct):
    """One amount of the claim's receipt."""

    name: Annotated[str, Meta(description="As in the claim's record")]
    recomputed: Annotated[Atoms, Meta(description="What follows from the transactions; atoms")]
    recorded: Annotated[Atoms, Meta(description="What the record on the chain says; atoms")]
    equal: Annotated[bool, Meta(description="Whether both are the same")]


class Difference(Struct):
    """Something that does not fit."""

    place: Annotated[str, Meta(description="Where, in words")]
    expected: Annotated[str, Meta(description="What follows from the rest")]
    found: Annotated[str, Meta(description="What is there instead")]


class Verification(Struct):
    """What the verifier made of a claim, from raw transactions alone."""

    claim: Annotated[str, Meta(description="Address of the claim's record, base58")]
    market_id: Annotated[str, Meta(description="Address of the market, base58")]
    sequence: Annotated[int, Meta(description="The claim's number in its market")]
    state: Annotated[Verdict, Meta(description="verified: everything fits; different: something does not")]
    signature: Annotated[str, Meta(description="The transaction that released the payout")]
    tiers: Annotated[list[Figure], Meta(description="Who paid, in order")]
    figures: Annotated[list[Figure], Meta(description="Deficit, payout, fees and the rest")]
    paid: Annotated[Atoms, Meta(description="What moved to the market's vault, atoms")]
    differences: Annotated[list[Difference], Meta(description="Of this claim")]
    other_differences: Annotated[list[Difference], Meta(description="Elsewhere in the history, the first ones")]
    other_differences_in_all: Annotated[int, Meta(description="How many there are elsewhere")]
    transactions: Annotated[list[str], Meta(description="Those that touched the claim's record, oldest first")]
    transactions_replayed: Annotated[int, Meta(description="All that were read for it, of all markets")]
    final: Annotated[bool, Meta(description="Whether none of it can be dropped any more")]
    as_of_slot: Annotated[str, Meta(description="Up to which the chain was replayed, a decimal integer")]
    decimals: Decimals = DECIMALS


class Underway(Struct):
    """Not done yet: ask again."""

    claim: Annotated[str, Meta(description="Address of the claim's record, base58")]
    state: Annotated[Literal["running"], Meta(description="Not done yet")]
    transactions_replayed: Annotated[int, Meta(description="How many were read so far")]
    transactions_waiting: Annotated[int, Meta(description="Of those that are listed")]
    as_of_slot: Annotated[str, Meta(description="Up to which the chain is listed, a decimal integer")]
    decimals: Decimals = DECIMALS
