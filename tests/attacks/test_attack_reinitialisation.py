"""Whatever exists can't be created again, by nobody: an overwritten config would be a new owner."""

import pytest
from solders.instruction import Instruction

from offchain.chain import recipes
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, risk_engine
from offchain.chain.units import atoms
from tests.support.market import Market
from tests.support.world import GENESIS, World


def initialisers(world: World, market: Market) -> dict[str, Instruction]:
    """Every instruction that creates an account of this world, by the account's name."""
    plan = recipes.Deployment(world.admin.key, world.admin.key, world.admin.key, world.mint, GENESIS, 900)
    setup = [instruction for group in recipes.initialise(plan) for instruction in group]
    names = ["risk config", "premium config", "pool config", "handler config", "demo config", "engine"]
    creator = market.creator
    opening = recipes.open_market(creator.key, market.index, world.mint, world.feed, market.design)
    blanks = [instruction for group in opening[:3] for instruction in group]
    names += ["market", "market vault", "fee vault", "market config", "score", "inputs", "window"]
    names += ["premium", "escrow", "pool", "pool vault", "registry"]
    return dict(zip(names, [*setup, *blanks], strict=True)) | {
        "feed": risk_engine.open_feed(world.admin.key, world.feed_id, 0, world.admin.key),
        "claim": insolvency_handler.open_claim(world.keeper.key, market.id, 1),
        "trader": demo_market.open_trader(world.keeper.key, market.id),
    }


NAMES = [
    *["risk config", "premium config", "pool config", "handler config", "demo config", "engine", "feed", "market"],
    *["market vault", "fee vault", "market config", "score", "inputs", "window", "premium", "escrow", "pool"],
    *["pool vault", "registry", "claim", "trader"],
]


@pytest.fixture
def ready(world: World, market: Market) -> Market:
    """A market with everything created, the next claim record and the keeper's trader account too."""
    world.send(insolvency_handler.open_claim(world.keeper.key, market.id, 1))
    world.send(demo_market.open_trader(world.keeper.key, market.id))
    return market


@pytest.mark.parametrize("name", NAMES)
def test_attack_nothing_is_created_twice(world: World, ready: Market, name: str) -> None:
    world.advance(seconds=1)
    with world.expect_error("ACCOUNT_EXISTS"):
        world.send(initialisers(world, ready)[name], payer=world.user())


def test_attack_every_initialiser_is_tried(world: World, ready: Market) -> None:
    assert set(NAMES) == set(initialisers(world, ready))


def test_attack_a_deposit_does_not_overwrite_a_deposit(world: World, market: Market) -> None:
    provider = world.user(usdc="100")
    market.deposit(provider, "20")
    before = market.position_of(provider, world.epoch)
    with world.expect_error("ACCOUNT_EXISTS"):
        market.deposit(provider, "30")
    assert market.position_of(provider, world.epoch) == before


def test_attack_a_position_does_not_overwrite_a_position(world: World, market: Market) -> None:
    market.cover("50000")
    trader = market.trader("10000")
    nonce = market.open(trader, True, "1", "1000")
    with world.expect_error("ACCOUNT_EXISTS"):
        market.send_open(trader, nonce, True, "1", "2000")
    market.close(trader, nonce)
    with world.expect_error("ACCOUNT_EXISTS"):
        market.send_open(trader, nonce, True, "1", "2000")


def test_attack_a_live_market_is_not_activated_again(world: World, market: Market) -> None:
    register = recipes.register(market.creator.key, market.id, world.feed, market.design)
    before = market.config()
    with world.expect_error("E_STATE"):
        world.send(register)
    assert market.config() == before


def test_attack_terms_are_not_pushed_twice(world: World, market: Market) -> None:
    for group in recipes.push_terms(world.keeper.key, market.creator.key, market.id):
        for instruction in group:
            with world.expect_error("E_STATE"):
                world.send(instruction, payer=world.user())


def test_attack_no_other_key_initialises_first() -> None:
    # The race for a fresh deployment: only the key compiled in from seahorse.toml can win it.
    world = World.bare()
    thief = world.user()
    plan = recipes.Deployment(thief.key, thief.key, thief.key, world.mint, GENESIS, 900)
    configs = [instruction for group in recipes.initialise(plan)[:2] for instruction in group]
    assert len(configs) == 5
    for instruction in configs:
        with world.expect_error("E_ADMIN"):
            world.send(instruction)


def test_attack_a_pool_of_an_other_market_is_blank(world: World, market: Market) -> None:
    # Anyone may open the accounts of a market that does not exist; without its signature they stay blank.
    stranger = world.user(usdc="100")
    market_id = world.user().key
    world.send(insurance_pool.open_pool(stranger.key, market_id))
    world.send(insurance_pool.open_vault(stranger.key, market_id, world.mint))
    deposit = insurance_pool.deposit(stranger.key, market_id, stranger.token, atoms("20"), 0, world.epoch)
    with world.expect_error("E_STATE"):
        world.send(deposit)
