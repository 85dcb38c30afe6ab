"""insurance_pool: setting it up, the guardian's stop and the treasury."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.insurance_pool import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def init_config(
    payer: Pubkey, mint: Pubkey, guardian: Pubkey, treasury: Pubkey, at: Addresses = LOCALNET
) -> Instruction:
    """Create the program's configuration; `payer` must be the admin of the project file."""
    return raw.init_config(
        args={
            "guardian": guardian,
            "treasury": treasury,
            "risk_program": at.risk_engine,
            "premium_program": at.premium_manager,
            "handler_program": at.insolvency_handler,
        },
        accounts={"payer": payer, "config": at.pool_config, "mint": mint},
        program_id=at.insurance_pool,
    )


@checked
def open_pool(payer: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank InsurancePool."""
    m = at.market(market_id)
    return raw.open_pool(
        args={"market_id": market_id},
        accounts={"payer": payer, "pool": m.pool},
        program_id=at.insurance_pool,
    )


@checked
def open_vault(payer: Pubkey, market_id: Pubkey, mint: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the pool's USDC account."""
    m = at.market(market_id)
    return raw.open_vault(
        accounts={"payer": payer, "config": at.pool_config, "mint": mint, "pool": m.pool, "vault": m.pool_vault},
        program_id=at.insurance_pool,
    )


@checked
def stop_deposits(guardian: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Stop deposits for 72 hours; not again for 30 days."""
    return raw.stop_deposits(
        accounts={"guardian": guardian, "config": at.pool_config},
        program_id=at.insurance_pool,
    )


@checked
def collect_treasury(treasury: Pubkey, market_id: Pubkey, destination: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Pay the treasury's fees to `destination`."""
    m = at.market(market_id)
    return raw.collect_treasury(
        accounts={
            "treasury": treasury,
            "config": at.pool_config,
            "pool": m.pool,
            "vault": m.pool_vault,
            "destination": destination,
        },
        program_id=at.insurance_pool,
    )
