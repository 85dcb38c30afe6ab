"""risk_engine: prices, scores and the market's synchronisation."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.risk_engine import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def push_price(
    writer: Pubkey, feed: Pubkey, price: int, conf: int, publish_time: int, at: Addresses = LOCALNET
) -> Instruction:
    """A price and its confidence (USD 1e-6) of unix time `publish_time`, from the feed's registered writer."""
    return raw.push_price(
        args={"price": price, "conf": conf, "publish_time": publish_time},
        accounts={"writer": writer, "config": at.risk_config, "feed": feed},
        program_id=at.risk_engine,
    )


@checked
def update_score(keeper: Pubkey, market_id: Pubkey, feed: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Compute the score of this epoch; the market's statistics and a price must be fresh."""
    m = at.market(market_id)
    return raw.update_score(
        accounts={
            "keeper": keeper,
            "config": at.risk_config,
            "engine": at.engine(at.demo_market),
            "market_config": m.config,
            "score": m.score,
            "window": m.window,
            "inputs": m.inputs,
            "feed": feed,
            "premium_program": at.premium_manager,
            "premium_config": at.premium_config,
            "premium": m.premium,
            "pool_program": at.insurance_pool,
            "pool_config": at.pool_config,
            "pool": m.pool,
        },
        program_id=at.risk_engine,
    )


@checked
def sync_market(caller: Pubkey, market_id: Pubkey, feed: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Push price, grade, reasons and caps to the market."""
    m = at.market(market_id)
    return raw.sync_market(
        accounts={
            "caller": caller,
            "config": at.risk_config,
            "engine": at.engine(at.demo_market),
            "market_config": m.config,
            "score": m.score,
            "inputs": m.inputs,
            "feed": feed,
            "market_program": at.demo_market,
            "market": market_id,
        },
        program_id=at.risk_engine,
    )
