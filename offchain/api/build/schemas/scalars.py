"""What requests hold, and the slot and dates of their answers; every other field is one of `schemas.units`."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.units import Epoch, Time

Key = Annotated[str, Meta(description="Public key, base58", min_length=32, max_length=44)]
MarketIn = Annotated[str, Meta(description="Name or address of a market", min_length=1, max_length=64)]
AtomsIn = Annotated[str, Meta(description="USDC in atoms (1e-6 USDC), a decimal integer", pattern=r"^[0-9]{1,20}$")]
SharesIn = Annotated[str, Meta(description="Pool shares in units of 1e-6, a decimal integer", pattern=r"^[0-9]{1,20}$")]
Slippage = Annotated[
    int, Meta(description="By how many basis points the result may be worse than simulated", ge=0, le=10_000)
]
Priority = Annotated[
    int,
    Meta(description="Priority fee in micro-lamports per compute unit; at most 0.014 SOL in all", ge=0, le=10_000_000),
]
Base64Transaction = Annotated[
    str, Meta(description="A transaction's wire bytes in base64", min_length=100, max_length=1_644)
]

Slot = Annotated[str, Meta(description="Slot of the chain that the body was read at, a decimal integer")]


class Date(Struct):
    """The beginning of an epoch."""

    epoch: Epoch
    time: Time
