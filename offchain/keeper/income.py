"""What a transaction brings and costs a keeper: foreseen from a simulation, and read off the chain afterwards."""

from collections.abc import Sequence

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain import tokens
from offchain.chain.accounts import layout_of
from offchain.chain.addresses import ASSOCIATED_PROGRAM, Addresses
from offchain.chain.backends.landed import Landed
from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.generated.insolvency_handler import ClaimFeeCollected
from offchain.chain.events.generated.premium_manager import PremiumsRouted
from offchain.chain.events.parse import parse_events
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.instructions import insolvency_handler

SIGNATURE_FEE = 5_000
"""Lamports for each signature."""
MICRO = 1_000_000
_RENT_BYTES, _RENT_EACH = 128, 6_960
"""An account of n bytes holds (128 + n) * 6 960 lamports, which never come back."""
_DISCRIMINATOR = 8
_ALIGNED = 8
"""Seahorse gives a structure the size it has in memory: a multiple of eight bytes."""


def fee(units: int, priority: int) -> int:
    """Lamports for one signature and a compute-unit limit at `priority` micro-lamports per unit, rounded up."""
    return SIGNATURE_FEE - (-units * priority // MICRO)


def rent(size: int) -> int:
    """Lamports that keep an account of so many bytes alive."""
    return (_RENT_BYTES + size) * _RENT_EACH


def rents(steps: Sequence[Instruction], market_id: Pubkey, at: Addresses) -> int:
    """Lamports for the accounts that these instructions create."""
    opening = bytes(insolvency_handler.open_claim(market_id, market_id, 1, at).data[:_DISCRIMINATOR])
    total = 0
    for step in steps:
        if step.program_id == at.insolvency_handler and step.data[:_DISCRIMINATOR] == opening:
            total += rent(_DISCRIMINATOR - (-layout_of(ClaimRecord).size // _ALIGNED) * _ALIGNED)
        elif step.program_id == ASSOCIATED_PROGRAM:
            total += rent(tokens.ACCOUNT_SIZE)
    return total


def foreseen(logs: Sequence[str], keeper: Pubkey, at: Addresses) -> int:
    """USDC atoms that a simulated transaction would pay the keeper."""
    total = 0
    for event in parse_events(logs, at).events:
        if isinstance(event, PositionLiquidated) and event.actor == keeper:
            total += event.keeper_paid
        elif isinstance(event, PremiumsRouted) and event.actor == keeper:
            total += event.bounty
        elif isinstance(event, ClaimFeeCollected) and event.actor == keeper:
            total += event.amount
    return total


def earned(landed: Landed, keeper: Pubkey, mint: Pubkey) -> int:
    """USDC atoms by which a landed transaction changed the keeper's accounts."""
    return landed.tokens.get((str(keeper), str(mint)), 0)
