"""insurance_pool: the creator's first-loss stake."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.insurance_pool import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def fund_first_loss(
    creator: Pubkey, market_id: Pubkey, source: Pubkey, amount: int, at: Addresses = LOCALNET
) -> Instruction:
    """Add to the creator's first-loss stake (atoms)."""
    m = at.market(market_id)
    return raw.fund_first_loss(
        args={"amount": amount},
        accounts={
            "creator": creator,
            "config": at.pool_config,
            "pool": m.pool,
            "vault": m.pool_vault,
            "source": source,
        },
        program_id=at.insurance_pool,
    )


@checked
def request_stake(creator: Pubkey, market_id: Pubkey, amount: int, at: Addresses = LOCALNET) -> Instruction:
    """Request to take out part of the first-loss stake."""
    m = at.market(market_id)
    return raw.request_stake(
        args={"amount": amount},
        accounts={"creator": creator, "pool": m.pool},
        program_id=at.insurance_pool,
    )


@checked
def execute_stake(creator: Pubkey, market_id: Pubkey, destination: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Take it out after the notice, while there is no open interest."""
    m = at.market(market_id)
    return raw.execute_stake(
        accounts={"creator": creator, "pool": m.pool, "vault": m.pool_vault, "destination": destination},
        program_id=at.insurance_pool,
    )


@checked
def cancel_stake(creator: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Take that request back."""
    m = at.market(market_id)
    return raw.cancel_stake(
        accounts={"creator": creator, "pool": m.pool},
        program_id=at.insurance_pool,
    )
