"""risk_engine: opening a market's accounts and pushing its terms to the other programs."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.risk_engine import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def open_market(payer: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank MarketConfig; refused while registrations are stopped."""
    m = at.market(market_id)
    return raw.open_market(
        args={"market_id": market_id},
        accounts={"payer": payer, "config": at.risk_config, "market_config": m.config},
        program_id=at.risk_engine,
    )


@checked
def open_score(payer: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank RiskScore."""
    m = at.market(market_id)
    return raw.open_score(
        args={"market_id": market_id},
        accounts={"payer": payer, "config": at.risk_config, "score": m.score},
        program_id=at.risk_engine,
    )


@checked
def open_inputs(payer: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank MarketInputs."""
    m = at.market(market_id)
    return raw.open_inputs(
        args={"market_id": market_id},
        accounts={"payer": payer, "config": at.risk_config, "inputs": m.inputs},
        program_id=at.risk_engine,
    )


@checked
def open_window(payer: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank RiskWindow."""
    m = at.market(market_id)
    return raw.open_window(
        args={"market_id": market_id},
        accounts={"payer": payer, "config": at.risk_config, "window": m.window},
        program_id=at.risk_engine,
    )


@checked
def push_terms_premium(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Hand the market's terms to the premium manager."""
    m = at.market(market_id)
    return raw.push_terms_premium(
        accounts={
            "caller": caller,
            "config": at.risk_config,
            "market_config": m.config,
            "premium_program": at.premium_manager,
            "premium_config": at.premium_config,
            "premium": m.premium,
        },
        program_id=at.risk_engine,
    )


@checked
def push_terms_pool(caller: Pubkey, market_id: Pubkey, creator: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Hand the market's terms to the insurance pool; again after a parameter change."""
    m = at.market(market_id)
    return raw.push_terms_pool(
        accounts={
            "caller": caller,
            "config": at.risk_config,
            "market_config": m.config,
            "pool_program": at.insurance_pool,
            "pool_config": at.pool_config,
            "pool": m.pool,
            "market_vault": m.vault,
            "creator": creator,
            "engine_program": at.demo_market,
        },
        program_id=at.risk_engine,
    )


@checked
def push_terms_handler(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Hand the market's terms to the insolvency handler; after all three the market is live."""
    m = at.market(market_id)
    return raw.push_terms_handler(
        accounts={
            "caller": caller,
            "config": at.risk_config,
            "market_config": m.config,
            "handler_program": at.insolvency_handler,
            "handler_config": at.handler_config,
            "registry": m.registry,
            "engine_program": at.demo_market,
        },
        program_id=at.risk_engine,
    )


@checked
def apply_change(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Make announced terms valid once they are due."""
    m = at.market(market_id)
    return raw.apply_change(
        accounts={"caller": caller, "config": at.risk_config, "market_config": m.config},
        program_id=at.risk_engine,
    )
