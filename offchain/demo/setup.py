"""From an empty chain to two live, funded markets."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from offchain.demo.cast import Cast, MarketCast
from offchain.demo.scenario import LOCK, NOTICE
from offchain.demo.session import Session
from offchain.demo.stage import Stage
from offchain.demo.usdc import create_mint, fill
from offchain.demo.wallets import Wallet

LAMPORTS = 10_000_000_000
"""What everyone gets for fees and rent."""

TRADING_FEE_BPS = 10
MAINTENANCE_BPS = 250
LIQUIDATION_FEE_BPS = 50
PERFORMANCE_FEE_BPS = 500
PUBLISHER_SOURCE = 0


def set_up(session: Session, stage: Stage, cast: Cast) -> None:
    """Create the mint, initialise the programs, fund everyone and register the markets."""
    stage.fund([person.key for person in cast.wallets()], LAMPORTS)
    create_mint(session, cast.admin, cast.mint)
    fill(session, cast.admin, cast.mint.key, _purses(cast))
    _initialise(session, stage, cast)
    for market in cast.markets:
        _open_market(session, cast, market)


def _purses(cast: Cast) -> list[tuple[Wallet, int]]:
    purses = [(person, 0) for person in (cast.treasury, cast.publisher, cast.liquidator)]
    for market in cast.markets:
        plan = market.plan
        purses.append((market.creator, plan.creator_purse()))
        purses += [(person, plan.deposit(lp)) for lp, person in market.lps]
        purses += [(person, plan.purse(trader)) for trader, person in market.traders]
    return purses


def _initialise(session: Session, stage: Stage, cast: Cast) -> None:
    admin, mint, guardian = cast.admin, cast.mint.key, cast.guardian.key
    calendar = stage.schedule
    session.send(admin, risk_engine.init_config(admin.key, mint, guardian, calendar.genesis, calendar.epoch_seconds))
    session.send(admin, premium_manager.init_config(admin.key, mint, guardian))
    session.send(admin, insurance_pool.init_config(admin.key, mint, guardian, cast.treasury.key))
    session.send(admin, insolvency_handler.init_config(admin.key, guardian))
    session.send(admin, demo_market.init_config(admin.key, mint))
    session.send(admin, risk_engine.allow_engine(admin.key, LOCALNET.demo_market))
    for market in cast.markets:
        session.send(admin, risk_engine.open_feed(admin.key, market.feed_id, PUBLISHER_SOURCE, cast.publisher.key))


def _open_market(session: Session, cast: Cast, market: MarketCast) -> None:
    """The creator opens every account, registers the market and puts in the first money."""
    creator, key, market_id, mint, plan = (
        market.creator,
        market.creator.key,
        market.market_id,
        cast.mint.key,
        market.plan,
    )
    index = cast.markets.index(market)
    for instruction in (
        demo_market.create_market(key, index, plan.depth, TRADING_FEE_BPS, MAINTENANCE_BPS, LIQUIDATION_FEE_BPS),
        demo_market.open_vault(key, market_id, mint),
        demo_market.open_fee_vault(key, market_id, mint),
        risk_engine.open_market(key, market_id),
        risk_engine.open_score(key, market_id),
        risk_engine.open_inputs(key, market_id),
        risk_engine.open_window(key, market_id),
        premium_manager.open_premium(key, market_id),
        premium_manager.open_escrow(key, market_id, mint),
        insurance_pool.open_pool(key, market_id),
        insurance_pool.open_vault(key, market_id, mint),
        insolvency_handler.open_registry(key, market_id),
        demo_market.register(
            key, market_id, market.feed, plan.max_leverage, plan.threshold, LOCK, NOTICE, PERFORMANCE_FEE_BPS
        ),
        risk_engine.push_terms_premium(key, market_id),
        risk_engine.push_terms_pool(key, market_id, key),
        risk_engine.push_terms_handler(key, market_id),
        demo_market.fund_house(key, market_id, creator.token, plan.house),
        demo_market.fund_insurance(key, market_id, creator.token, plan.insurance),
        insurance_pool.fund_first_loss(key, market_id, creator.token, plan.first_loss),
    ):
        session.send(creator, instruction)
    for _, trader in market.traders:
        session.send(trader, demo_market.open_trader(trader.key, market_id))
