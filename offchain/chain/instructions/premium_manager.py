"""premium_manager: escrow, routing and arrears."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM, Addresses
from offchain.chain.generated.premium_manager import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def init_config(payer: Pubkey, mint: Pubkey, guardian: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the program's configuration; `payer` must be the admin of the project file."""
    return raw.init_config(
        args={"guardian": guardian, "risk_program": at.risk_engine, "pool_program": at.insurance_pool},
        accounts={"payer": payer, "config": at.premium_config, "mint": mint},
        program_id=at.premium_manager,
    )


@checked
def open_premium(payer: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank PremiumAccount."""
    m = at.market(market_id)
    return raw.open_premium(
        args={"market_id": market_id},
        accounts={"payer": payer, "premium": m.premium},
        program_id=at.premium_manager,
    )


@checked
def open_escrow(payer: Pubkey, market_id: Pubkey, mint: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the market's escrow for premiums."""
    m = at.market(market_id)
    return raw.open_escrow(
        accounts={"payer": payer, "config": at.premium_config, "mint": mint, "premium": m.premium, "escrow": m.escrow},
        program_id=at.premium_manager,
    )


@checked
def route_premiums(keeper: Pubkey, market_id: Pubkey, keeper_token: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Send the escrow to the pool, less the bounty for `keeper_token`; once an epoch."""
    m = at.market(market_id)
    return raw.route_premiums(
        accounts={
            "keeper": keeper,
            "config": at.premium_config,
            "premium": m.premium,
            "escrow": m.escrow,
            "keeper_token": keeper_token,
            "pool_program": at.insurance_pool,
            "pool_config": at.pool_config,
            "pool": m.pool,
            "pool_vault": m.pool_vault,
            "token": TOKEN_PROGRAM,
        },
        program_id=at.premium_manager,
    )


@checked
def report_arrears(keeper: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Tell the risk engine whether the premium floor has been unpaid for too long."""
    m = at.market(market_id)
    return raw.report_arrears(
        accounts={
            "keeper": keeper,
            "config": at.premium_config,
            "premium": m.premium,
            "risk_program": at.risk_engine,
            "risk_config": at.risk_config,
            "inputs": m.inputs,
        },
        program_id=at.premium_manager,
    )


@checked
def pay_arrears(payer: Pubkey, market_id: Pubkey, source: Pubkey, amount: int, at: Addresses = LOCALNET) -> Instruction:
    """Pay premium arrears of a market (atoms); anyone may."""
    m = at.market(market_id)
    return raw.pay_arrears(
        args={"amount": amount},
        accounts={
            "payer": payer,
            "config": at.premium_config,
            "premium": m.premium,
            "source": source,
            "escrow": m.escrow,
        },
        program_id=at.premium_manager,
    )
