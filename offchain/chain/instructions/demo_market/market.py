"""demo_market: creating, registering and funding a market."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.demo_market import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def init_config(payer: Pubkey, mint: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the program's configuration; `payer` must be the admin of the project file."""
    return raw.init_config(
        args={
            "risk_program": at.risk_engine,
            "premium_program": at.premium_manager,
            "pool_program": at.insurance_pool,
            "handler_program": at.insolvency_handler,
        },
        accounts={"payer": payer, "config": at.demo_config, "mint": mint},
        program_id=at.demo_market,
    )


@checked
def create_market(
    creator: Pubkey,
    index: int,
    depth: int,
    trading_fee_bps: int,
    maintenance_bps: int,
    liquidation_fee_bps: int,
    at: Addresses = LOCALNET,
) -> Instruction:
    """Create a market of one's own; `depth` in atoms of notional, fees in basis points."""
    return raw.create_market(
        args={
            "index": index,
            "depth": depth,
            "trading_fee_bps": trading_fee_bps,
            "maintenance_bps": maintenance_bps,
            "liquidation_fee_bps": liquidation_fee_bps,
        },
        accounts={"creator": creator, "config": at.demo_config, "market": at.market_id(creator, index)},
        program_id=at.demo_market,
    )


@checked
def open_vault(payer: Pubkey, market_id: Pubkey, mint: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the market's USDC account."""
    m = at.market(market_id)
    return raw.open_vault(
        accounts={"payer": payer, "mint": mint, "market": market_id, "vault": m.vault},
        program_id=at.demo_market,
    )


@checked
def open_fee_vault(payer: Pubkey, market_id: Pubkey, mint: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the market's USDC account for trading fees."""
    m = at.market(market_id)
    return raw.open_fee_vault(
        accounts={"payer": payer, "mint": mint, "market": market_id, "fee_vault": m.fee_vault},
        program_id=at.demo_market,
    )


@checked
def register(
    creator: Pubkey,
    market_id: Pubkey,
    feed: Pubkey,
    max_leverage: int,
    insolvency_threshold: int,
    lock_epochs: int,
    notice_epochs: int,
    performance_fee_bps: int,
    at: Addresses = LOCALNET,
) -> Instruction:
    """Register with the risk engine: terms of cover, signed by the market itself."""
    m = at.market(market_id)
    return raw.register(
        args={
            "max_leverage": max_leverage,
            "insolvency_threshold": insolvency_threshold,
            "lock_epochs": lock_epochs,
            "notice_epochs": notice_epochs,
            "performance_fee_bps": performance_fee_bps,
        },
        accounts={
            "creator": creator,
            "market": market_id,
            "vault": m.vault,
            "risk_program": at.risk_engine,
            "risk_config": at.risk_config,
            "engine": at.engine(at.demo_market),
            "market_config": m.config,
            "feed": feed,
        },
        program_id=at.demo_market,
    )


@checked
def fund_house(payer: Pubkey, market_id: Pubkey, source: Pubkey, amount: int, at: Addresses = LOCALNET) -> Instruction:
    """Add to the capital that pays winning traders (atoms)."""
    m = at.market(market_id)
    return raw.fund_house(
        args={"amount": amount},
        accounts={"payer": payer, "market": market_id, "vault": m.vault, "source": source},
        program_id=at.demo_market,
    )


@checked
def fund_insurance(
    payer: Pubkey, market_id: Pubkey, source: Pubkey, amount: int, at: Addresses = LOCALNET
) -> Instruction:
    """Add to the market's own insurance fund (atoms), the first tier of a claim."""
    m = at.market(market_id)
    return raw.fund_insurance(
        args={"amount": amount},
        accounts={"payer": payer, "market": market_id, "vault": m.vault, "source": source},
        program_id=at.demo_market,
    )


@checked
def withdraw_house(
    creator: Pubkey, market_id: Pubkey, destination: Pubkey, amount: int, at: Addresses = LOCALNET
) -> Instruction:
    """Take house capital out; only while no position is open."""
    m = at.market(market_id)
    return raw.withdraw_house(
        args={"amount": amount},
        accounts={"creator": creator, "market": market_id, "vault": m.vault, "destination": destination},
        program_id=at.demo_market,
    )
