"""Registering the markets of the project file: their accounts, the registration, and their terms pushed."""

from collections.abc import Callable

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.accounts import decode_account
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from offchain.chain.recipes import MarketDesign, register
from offchain.deploy.feeds import feed_of
from offchain.deploy.pieces import Piece, exists
from offchain.deploy.target import Target
from offchain.settings.markets import MarketSettings

PREMIUM, POOL, HANDLER = 1, 2, 4
"""Bits of `terms_pushed`."""


def design_of(market: MarketSettings) -> MarketDesign:
    """The terms of a market as the recipes take them."""
    return MarketDesign(
        depth=market.depth,
        max_leverage=market.max_leverage,
        insolvency_threshold=market.insolvency_threshold,
        lock_epochs=market.lock_epochs,
        notice_epochs=market.notice_epochs,
        performance_fee_bps=market.performance_fee_bps,
        trading_fee_bps=market.trading_fee_bps,
        maintenance_bps=market.maintenance_bps,
        liquidation_fee_bps=market.liquidation_fee_bps,
    )


def market_pieces(target: Target) -> list[Piece]:
    """Everything from nothing to live markets, created by the admin."""
    return [piece for market in target.cluster.markets for piece in _pieces(market, target)]


def _pieces(market: MarketSettings, target: Target) -> list[Piece]:
    me, at, mint, design = target.admin, target.at, target.mint, design_of(market)
    market_id = at.market_id(me, market.index)
    m = at.market(market_id)
    created: dict[Pubkey, Instruction] = {
        market_id: demo_market.create_market(
            me,
            market.index,
            design.depth,
            design.trading_fee_bps,
            design.maintenance_bps,
            design.liquidation_fee_bps,
            at,
        ),
        m.vault: demo_market.open_vault(me, market_id, mint, at),
        m.fee_vault: demo_market.open_fee_vault(me, market_id, mint, at),
        m.config: risk_engine.open_market(me, market_id, at),
        m.score: risk_engine.open_score(me, market_id, at),
        m.inputs: risk_engine.open_inputs(me, market_id, at),
        m.window: risk_engine.open_window(me, market_id, at),
        m.premium: premium_manager.open_premium(me, market_id, at),
        m.escrow: premium_manager.open_escrow(me, market_id, mint, at),
        m.pool: insurance_pool.open_pool(me, market_id, at),
        m.pool_vault: insurance_pool.open_vault(me, market_id, mint, at),
        m.registry: insolvency_handler.open_registry(me, market_id, at),
    }
    pieces = [
        Piece("markets", f"open the accounts of {market.name}", (step,), account, (account,), exists)
        for account, step in created.items()
    ]
    feed = feed_of(market, target)
    changes: list[tuple[str, Instruction, Callable[[MarketConfig], bool]]] = [
        ("register", register(me, market_id, feed.address, design, at), lambda config: config.status >= 1),
        ("push the terms of", risk_engine.push_terms_premium(me, market_id, at), _pushed(PREMIUM)),
        ("push the terms of", risk_engine.push_terms_handler(me, market_id, at), _pushed(HANDLER)),
        ("push the terms of", risk_engine.push_terms_pool(me, market_id, me, at), _pushed(POOL)),
    ]
    for verb, step, done in changes:
        is_done = _when(m.config, at.risk_engine, done)
        pieces.append(Piece("markets", f"{verb} {market.name}", (step,), m.config, (), is_done))
    return pieces


def _pushed(bit: int) -> Callable[[MarketConfig], bool]:
    return lambda config: bool(config.terms_pushed & bit)


def _when(address: Pubkey, program: Pubkey, done: Callable[[MarketConfig], bool]) -> Callable[[Account | None], bool]:
    def is_done(account: Account | None) -> bool:
        return account is not None and done(decode_account(MarketConfig, account, program, address))

    return is_done
