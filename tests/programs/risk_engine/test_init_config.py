"""init_config: the engine's configuration, once, by the compiled-in admin."""

from typing import Any

import pytest
from solders.pubkey import Pubkey

from offchain.chain.events.generated.risk_engine import ConfigInitialized
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.instructions import risk_engine
from tests.support.sent import Sent
from tests.support.world import GENESIS, World

EPOCH = 900


def init(world: World, payer: Pubkey | None = None, genesis: int = GENESIS, epoch_seconds: int = EPOCH) -> Sent:
    key = payer or world.admin.key
    return world.send(risk_engine.init_config(key, world.mint, world.guardian.key, genesis, epoch_seconds))


def test_stores_keys_clock_and_peers() -> None:
    world = World.bare()
    sent = init(world)
    at = world.at
    config = world.read(RiskConfig, at.risk_config)
    assert (config.admin, config.guardian, config.mint) == (world.admin.key, world.guardian.key, world.mint)
    assert (config.genesis, config.epoch_seconds, config.dev) == (GENESIS, EPOCH, True)
    assert config.pending_admin == Pubkey.default()
    peers = (at.premium_manager, at.insurance_pool, at.insolvency_handler)
    assert (config.premium_program, config.pool_program, config.handler_program) == peers
    stored = (config.premium_fp, config.pool_fp, config.handler_fp)
    assert stored == tuple(at.fingerprint("risk_engine", peer) for peer in peers)
    authorities = (config.premium_authority, config.pool_authority, config.handler_authority)
    assert authorities == (at.premium_config, at.pool_config, at.handler_config)
    seeds = [b"peer", bytes(at.premium_manager), bytes(at.insurance_pool)]
    assert config.scoring_fp == Pubkey.find_program_address(seeds, at.risk_engine)[0]
    assert (config.paused_until, config.pause_allowed_at) == (0, 0)
    event = sent.event(ConfigInitialized)
    assert (event.actor, event.guardian, event.mint) == (world.admin.key, world.guardian.key, world.mint)
    assert (event.genesis, event.epoch_seconds, event.dev, event.slot) == (GENESIS, EPOCH, True, sent.slot)


@pytest.mark.parametrize("changed", [{"epoch_seconds": 1}, {"epoch_seconds": 899}, {"genesis": 1}])
def test_takes_short_epochs_in_development(changed: dict[str, Any]) -> None:
    world = World.bare()
    init(world, **changed)
    assert world.exists(world.at.risk_config)


def test_takes_a_genesis_of_this_second() -> None:
    world = World.bare()
    init(world, genesis=world.now)
    assert world.exists(world.at.risk_config)


def test_refuses_a_stranger() -> None:
    world = World.bare()
    with world.expect_error("E_ADMIN"):
        init(world, payer=world.creator.key)


@pytest.mark.parametrize("changed", [{"epoch_seconds": 0}, {"epoch_seconds": 901}, {"genesis": 0}, {"genesis": -1}])
def test_refuses_numbers_out_of_bounds(changed: dict[str, Any]) -> None:
    world = World.bare()
    with world.expect_error("E_BOUNDS"):
        init(world, **changed)


def test_refuses_a_genesis_in_the_future() -> None:
    world = World.bare()
    with world.expect_error("E_BOUNDS"):
        init(world, genesis=world.now + 1)


def test_refuses_a_second_time() -> None:
    world = World.bare()
    init(world)
    world.advance(seconds=1)
    with world.expect_error("ACCOUNT_EXISTS"):
        init(world)


def test_compute_units() -> None:
    # 7 derivations and the base58 text of the payer; runs once in the life of a deployment
    assert init(World.bare()).units <= 80_000
