"""Lamports sent to an address before its account exists must not stop the account from being created."""

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.instructions import demo_market, insolvency_handler, risk_engine
from offchain.chain.transactions import Options
from tests.support.market import Market
from tests.support.world import GENESIS, World

DUST = [1, 890_880, 10**9]
"""A single lamport, the rent of an empty account, and more than any account of ours needs."""


def prefund(world: World, lamports: int, *addresses: Pubkey) -> None:
    """What a griefer sends beforehand."""
    for address in addresses:
        assert not world.exists(address)
        world.local.set_account(address, Account(lamports, b"", Pubkey.default()))


@pytest.mark.parametrize("lamports", DUST)
def test_attack_prefunded_configs_are_initialised(lamports: int) -> None:
    world = World.bare()
    at = world.at
    prefund(world, lamports, at.risk_config, at.premium_config, at.pool_config, at.handler_config, at.demo_config)
    prefund(world, lamports, at.engine(at.demo_market), world.feed)
    plan = recipes.Deployment(world.admin.key, world.guardian.key, world.treasury.key, world.mint, GENESIS, 900)
    for group in recipes.initialise(plan):
        world.send(*group, options=Options(units=1_000_000))
    world.send(risk_engine.open_feed(world.admin.key, world.feed_id, 0, world.publisher.key))


@pytest.mark.parametrize("lamports", DUST)
def test_attack_a_prefunded_market_goes_live(world: World, lamports: int) -> None:
    market = world.at.market(world.at.market_id(world.creator.key, 8))
    prefund(world, lamports, market.market_id, market.vault, market.fee_vault)
    prefund(world, lamports, market.config, market.score, market.inputs, market.window)
    prefund(world, lamports, market.premium, market.escrow, market.pool, market.pool_vault, market.registry)
    live = world.open_market(index=8)
    live.cover("50000")
    assert live.perp().synced
    assert live.pool().available_balance > 0


@pytest.mark.parametrize("lamports", DUST)
def test_attack_prefunded_positions_and_claims_are_created(world: World, market: Market, lamports: int) -> None:
    trader, provider = world.user(usdc="10000"), world.user(usdc="60000")
    prefund(world, lamports, market.m.trader(trader.key), market.m.perp_position(trader.key, 77))
    prefund(world, lamports, market.m.claim(1), market.m.provider_position(provider.key, world.epoch))
    market.deposit(provider, "50000")
    market.cover("50000")
    world.send(demo_market.open_trader(trader.key, market.id))
    market.send_open(trader, 77, True, "1", "1000")
    world.send(insolvency_handler.open_claim(world.keeper.key, market.id, 1))
    assert market.position_of(provider, world.epoch).shares > 0
    assert market.perp_position(trader, 77).state == 1
    assert market.record(1).state == 0
