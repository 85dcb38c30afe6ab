"""Worthless money for trying things out."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.scalars import Key, Slot
from offchain.api.schemas.units import DECIMALS, Atoms, Decimals, Lamports

MOST_LAMPORTS = 100 * 10**9
MOST_ATOMS = 100_000 * 10**6


class GiftRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Who wants how much."""

    to: Key
    lamports: Annotated[int, Meta(description="SOL in lamports", ge=0, le=MOST_LAMPORTS)] = 10 * 10**9
    usdc: Annotated[int, Meta(description="Test USDC in atoms", ge=0, le=MOST_ATOMS)] = 10_000 * 10**6


class Gift(Struct):
    """What the wallet holds afterwards."""

    to: Annotated[str, Meta(description="Public key, base58")]
    lamports: Lamports
    usdc: Atoms
    usdc_account: Annotated[str, Meta(description="The wallet's account for test USDC, base58")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS
