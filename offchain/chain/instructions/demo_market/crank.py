"""demo_market: what keepers do."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM, Addresses
from offchain.chain.generated.demo_market import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def check_liquidation(
    caller: Pubkey, market_id: Pubkey, owner: Pubkey, nonce: int, at: Addresses = LOCALNET
) -> Instruction:
    """Succeeds when the position may be liquidated, else E_HEALTHY; meant to be simulated."""
    m = at.market(market_id)
    return raw.check_liquidation(
        accounts={"caller": caller, "market": market_id, "position": m.perp_position(owner, nonce)},
        program_id=at.demo_market,
    )


@checked
def execute_liquidation(
    keeper: Pubkey, market_id: Pubkey, owner: Pubkey, nonce: int, keeper_token: Pubkey, at: Addresses = LOCALNET
) -> Instruction:
    """Close a position below its maintenance margin; the keeper's part goes to `keeper_token`."""
    m = at.market(market_id)
    return raw.execute_liquidation(
        accounts={
            "keeper": keeper,
            "market": market_id,
            "position": m.perp_position(owner, nonce),
            "trader": m.trader(owner),
            "vault": m.vault,
            "keeper_token": keeper_token,
        },
        program_id=at.demo_market,
    )


@checked
def report(keeper: Pubkey, market_id: Pubkey, sequence: int, at: Addresses = LOCALNET) -> Instruction:
    """Report the deficit counter to the insolvency handler."""
    m = at.market(market_id)
    return raw.report(
        accounts={
            "keeper": keeper,
            "market": market_id,
            "handler_program": at.insolvency_handler,
            "handler_config": at.handler_config,
            "registry": m.registry,
            "claim": m.claim(sequence),
            "pool_program": at.insurance_pool,
            "pool_config": at.pool_config,
            "pool": m.pool,
        },
        program_id=at.demo_market,
    )


@checked
def push_statistics(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Push last epoch's means to the risk engine."""
    m = at.market(market_id)
    return raw.push_statistics(
        accounts={"caller": caller, "market": market_id, "risk_program": at.risk_engine, "inputs": m.inputs},
        program_id=at.demo_market,
    )


@checked
def settle_fees(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Hand the premium's share of the trading fees to the premium manager."""
    m = at.market(market_id)
    return raw.settle_fees(
        accounts={
            "caller": caller,
            "market": market_id,
            "fee_vault": m.fee_vault,
            "premium_program": at.premium_manager,
            "premium": m.premium,
            "escrow": m.escrow,
            "token": TOKEN_PROGRAM,
        },
        program_id=at.demo_market,
    )


@checked
def sweep_fees(caller: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Move what is left of the trading fees to the house."""
    m = at.market(market_id)
    return raw.sweep_fees(
        accounts={"caller": caller, "market": market_id, "fee_vault": m.fee_vault, "vault": m.vault},
        program_id=at.demo_market,
    )
