"""A transaction on its way."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.built import Base58
from offchain.api.build.schemas.scalars import Slot
from offchain.api.schemas.kinds import LandingState
from offchain.api.schemas.units import DECIMALS, Decimals


class SentTransaction(Struct):
    """Handed to a node."""

    signature: Base58
    repeated: Annotated[bool, Meta(description="It had landed already: nothing was sent")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS


class Confirmation(Struct):
    """How far a transaction has come."""

    signature: Base58
    state: Annotated[
        LandingState,
        Meta(
            description="`unknown`: no node has it (yet); `processed`: may still be dropped; `confirmed`; `failed`: "
            "landed, changed nothing, cost its fee; `expired`: can never land"
        ),
    ]
    slot: Annotated[str | None, Meta(description="Where it landed, a decimal integer")]
    code: Annotated[str | None, Meta(description="Why it failed")]
    advice: Annotated[str | None, Meta(description="What to do about it")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS
