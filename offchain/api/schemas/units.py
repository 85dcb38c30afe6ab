"""Field types with their units, and the base of every body.

Integers that may exceed 2^53 travel as decimal text, so that no JSON reader rounds them.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from offchain import words
from offchain.chain.units import USDC_DECIMALS

Atoms = Annotated[str, Meta(description="USDC atoms (see `decimals`), decimal integer", pattern="^-?[0-9]+$")]
Price = Annotated[str, Meta(description="1e-6 USD, decimal integer", pattern="^[0-9]+$")]
Size = Annotated[str, Meta(description="1e-6 of the base asset, decimal integer", pattern="^[0-9]+$")]
Shares = Annotated[str, Meta(description="Shares; 1e6 were worth 1 USDC in the beginning", pattern="^[0-9]+$")]
SharePrice = Annotated[str, Meta(description="1e9 = one atom a share, decimal integer", pattern="^[0-9]+$")]
Nano = Annotated[str, Meta(description="1e9 = 100 %, decimal integer", pattern="^-?[0-9]+$")]
Big = Annotated[str, Meta(description="Decimal integer without a unit", pattern="^-?[0-9]+$")]
Lamports = Annotated[str, Meta(description="Lamports (1e-9 SOL), decimal integer", pattern="^-?[0-9]+$")]
Bps = Annotated[int, Meta(description="Basis points, 10 000 = 100 %")]
Score = Annotated[int, Meta(description="1e6 = 1.0")]
Leverage = Annotated[int, Meta(description="10 000 = 1x")]
Grade = Annotated[words.Grade, Meta(description="Grade of a market's risk, A the best")]
Slot = Annotated[int, Meta(description="Slot of the chain")]
Epoch = Annotated[int, Meta(description="Number of the epoch")]
Epochs = Annotated[int, Meta(description="Length in epochs")]
Time = Annotated[int, Meta(description="Unix time, seconds")]
Millis = Annotated[int, Meta(description="Unix time, milliseconds")]
Seconds = Annotated[int, Meta(description="Length in seconds")]
Count = Annotated[int, Meta(description="How many")]
Number = Annotated[int, Meta(description="Order or index, from 0 unless said otherwise")]
Units = Annotated[int, Meta(description="Compute units")]
Address = Annotated[str, Meta(description="Address on the chain, base58")]
Signature = Annotated[str, Meta(description="Signature of a transaction, base58")]
Name = Annotated[str, Meta(description="Name")]
Words = Annotated[str, Meta(description="Text for people")]
Decimals = Annotated[int, Meta(description="Atoms of 10^decimals make one USDC")]
Flag = Annotated[bool, Meta(description="True or false, as the name says")]
DECIMALS = USDC_DECIMALS


class Body(msgspec.Struct, kw_only=True):
    """What every body says."""

    as_of_slot: Annotated[int, Meta(description="Slot of the newest indexed transaction: all below is true up to it")]
    decimals: Decimals = DECIMALS


class Page(Body, kw_only=True):
    """What every list says besides its items."""

    next: Annotated[str | None, Meta(description="Cursor of the next page: pass it as `cursor`; null on the last one")]
