"""demo_market: what traders do."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.demo_market import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def open_trader(owner: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create a trader's account in a market."""
    m = at.market(market_id)
    return raw.open_trader(
        accounts={"owner": owner, "market": market_id, "trader": m.trader(owner)},
        program_id=at.demo_market,
    )


@checked
def open_position(
    owner: Pubkey,
    market_id: Pubkey,
    nonce: int,
    source: Pubkey,
    is_long: bool,
    size: int,
    margin: int,
    limit_price: int,
    at: Addresses = LOCALNET,
) -> Instruction:
    """Open a position of `size` (1e-6 of the base) with `margin` atoms; `limit_price` bounds the fill."""
    m = at.market(market_id)
    return raw.open_position(
        args={"nonce": nonce, "is_long": is_long, "size": size, "margin": margin, "limit_price": limit_price},
        accounts={
            "owner": owner,
            "market": market_id,
            "trader": m.trader(owner),
            "position": m.perp_position(owner, nonce),
            "vault": m.vault,
            "fee_vault": m.fee_vault,
            "source": source,
        },
        program_id=at.demo_market,
    )


@checked
def add_margin(
    owner: Pubkey, market_id: Pubkey, nonce: int, source: Pubkey, amount: int, at: Addresses = LOCALNET
) -> Instruction:
    """Add margin (atoms) to a position."""
    m = at.market(market_id)
    return raw.add_margin(
        args={"amount": amount},
        accounts={
            "owner": owner,
            "market": market_id,
            "position": m.perp_position(owner, nonce),
            "vault": m.vault,
            "source": source,
        },
        program_id=at.demo_market,
    )


@checked
def close_position(
    owner: Pubkey, market_id: Pubkey, nonce: int, destination: Pubkey, limit_price: int, at: Addresses = LOCALNET
) -> Instruction:
    """Close a position; `limit_price` bounds the fill. Principal is paid at once, profit vests."""
    m = at.market(market_id)
    return raw.close_position(
        args={"limit_price": limit_price},
        accounts={
            "owner": owner,
            "market": market_id,
            "trader": m.trader(owner),
            "position": m.perp_position(owner, nonce),
            "vault": m.vault,
            "fee_vault": m.fee_vault,
            "destination": destination,
        },
        program_id=at.demo_market,
    )


@checked
def vest_profit(caller: Pubkey, market_id: Pubkey, owner: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Bring a trader's vesting up to date; anyone may."""
    m = at.market(market_id)
    return raw.vest_profit(
        accounts={"caller": caller, "market": market_id, "trader": m.trader(owner)},
        program_id=at.demo_market,
    )


@checked
def withdraw_profit(owner: Pubkey, market_id: Pubkey, destination: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Withdraw the vested profit and what a liquidation left."""
    m = at.market(market_id)
    return raw.withdraw_profit(
        accounts={
            "owner": owner,
            "market": market_id,
            "trader": m.trader(owner),
            "vault": m.vault,
            "destination": destination,
        },
        program_id=at.demo_market,
    )
