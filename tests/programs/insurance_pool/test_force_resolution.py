"""force_resolution: the resolver's signature closes a position past an extreme breach."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market import instructions as demo_raw
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.instructions import demo_market, insurance_pool
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import EPOCH, GENESIS, USDC
from tests.programs.bench.twin import check_moment

CEILING = 60_000
"""An address search, a call that liquidates (market, position, trader, transfer, event), an event."""
PRICE = 20_000 * USDC


def sync(cover: Cover, price: int) -> None:
    """A price, pushed with the signature of the market's MarketConfig."""
    args = {
        "price": price,
        "publish_time": cover.now,
        "lag_price": 0,
        "provisional": False,
        "grade": 2,
        "reasons": 0,
        "leverage_cap": 200_000,
        "oi_cap": 1_000_000 * USDC,
        "epoch": cover.epoch,
        "now": cover.now,
        "genesis": GENESIS,
        "epoch_seconds": EPOCH,
    }
    cover.send(demo_raw.apply_sync(args, {"risk": cover.at.config, "market": cover.market}))


@pytest.fixture
def trader(cover: Cover) -> Provider:
    """A long of one coin at 10x."""
    cover.send(demo_market.open_fee_vault(cover.creator, cover.market, cover.mint))
    sync(cover, PRICE)
    who = cover.provider()
    cover.send(demo_market.open_trader(who.key, cover.market))
    cover.send(
        demo_market.open_position(who.key, cover.market, 1, who.tokens, True, 1_000_000, 2_100 * USDC, 2**64 - 1)
    )
    return who


def force(cover: Cover, trader: Provider, **accounts: Pubkey) -> object:
    """Calls it for the trader's position."""
    usual = {
        "position": cover.at.perp_position(trader.key, 1),
        "trader": cover.at.trader(trader.key),
        "keeper_token": accounts.get("keeper_token") or cover.tokens(cover.payer),
    }
    return cover.pool("force_resolution", **(usual | accounts))[-1]


def test_resolves_an_extreme_breach(cover: Cover, trader: Provider) -> None:
    sync(cover, PRICE * 80 // 100)
    keeper_token = cover.tokens(cover.payer)
    event = force(cover, trader, keeper_token=keeper_token)
    assert cover.units <= CEILING
    check_moment(cover, event, cover.payer)
    assert event.position == cover.at.perp_position(trader.key, 1)  # type: ignore[attr-defined]
    closed = cover.read(PerpPosition, LOCALNET.demo_market, cover.at.perp_position(trader.key, 1))
    market = cover.read(PerpMarket, LOCALNET.demo_market, cover.market)
    assert closed.state == 3
    assert market.deficit_counter > 0
    assert cover.balance(keeper_token) == 5 * USDC


def test_client_builds_it(cover: Cover, trader: Provider) -> None:
    sync(cover, PRICE * 80 // 100)
    tokens = cover.tokens(cover.payer)
    cover.send(insurance_pool.force_resolution(cover.payer, cover.market, trader.key, 1, tokens))
    assert cover.balance(tokens) == 5 * USDC


def test_the_market_decides_what_is_extreme(cover: Cover, trader: Provider) -> None:
    sync(cover, PRICE * 90 // 100)
    with cover.refused("E_NOT_EXTREME", cover.market, cover.at.perp_position(trader.key, 1)):
        force(cover, trader)


def test_refuses_a_forged_program_and_another_market(cover: Cover, trader: Provider) -> None:
    sync(cover, PRICE * 80 // 100)
    with cover.refused("E_PROGRAM", cover.market):
        force(cover, trader, market_program=LOCALNET.risk_engine)
    other = cover.open_market(2)
    with cover.refused("E_RELATION", cover.market, other.market_id):
        force(cover, trader, market=other.market_id)
    for stranger in (other.resolver, LOCALNET.pool_config, cover.at.pool):
        with cover.refused("E_RELATION", cover.market):
            force(cover, trader, resolver=stranger)


def test_refuses_a_pool_without_terms(cover: Cover, trader: Provider) -> None:
    other = cover.open_market(2)
    cover.open_peers(other)
    with cover.refused("E_STATE", cover.market, other.pool):
        force(cover, trader, pool=other.pool)
