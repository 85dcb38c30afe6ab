"""insurance_pool: what keepers do."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM, Addresses
from offchain.chain.generated.insurance_pool import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def report_reserve(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Report the pool's balance and utilisation to the risk engine."""
    m = at.market(market_id)
    return raw.report_reserve(
        accounts={
            "caller": caller,
            "config": at.pool_config,
            "pool": m.pool,
            "risk_program": at.risk_engine,
            "risk_config": at.risk_config,
            "inputs": m.inputs,
        },
        program_id=at.insurance_pool,
    )


@checked
def release_funds(caller: Pubkey, market_id: Pubkey, sequence: int, at: Addresses = LOCALNET) -> Instruction:
    """Pay a reserved claim to the market and complete its record; anyone may."""
    m = at.market(market_id)
    return raw.release_funds(
        accounts={
            "caller": caller,
            "config": at.pool_config,
            "pool": m.pool,
            "vault": m.pool_vault,
            "market_vault": m.vault,
            "handler_program": at.insolvency_handler,
            "handler_config": at.handler_config,
            "registry": m.registry,
            "claim": m.claim(sequence),
            "market_program": at.demo_market,
            "market": market_id,
        },
        program_id=at.insurance_pool,
    )


@checked
def report_offset(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Report arrears deducted from a claim to the premium manager, as paid premium."""
    m = at.market(market_id)
    return raw.report_offset(
        accounts={
            "caller": caller,
            "config": at.pool_config,
            "pool": m.pool,
            "premium_program": at.premium_manager,
            "premium_config": at.premium_config,
            "premium": m.premium,
        },
        program_id=at.insurance_pool,
    )


@checked
def force_resolution(
    keeper: Pubkey, market_id: Pubkey, owner: Pubkey, nonce: int, keeper_token: Pubkey, at: Addresses = LOCALNET
) -> Instruction:
    """Close a position far beyond bankruptcy in the pool's name; anyone may."""
    m = at.market(market_id)
    return raw.force_resolution(
        accounts={
            "keeper": keeper,
            "pool": m.pool,
            "resolver": m.resolver,
            "market_program": at.demo_market,
            "market": market_id,
            "position": m.perp_position(owner, nonce),
            "trader": m.trader(owner),
            "market_vault": m.vault,
            "keeper_token": keeper_token,
            "token": TOKEN_PROGRAM,
        },
        program_id=at.insurance_pool,
    )
