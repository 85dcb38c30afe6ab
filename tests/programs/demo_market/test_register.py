"""register: the market signs for its own registration with the risk engine."""

from dataclasses import replace

import pytest
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.events.generated.demo_market import MarketRegistered
from offchain.chain.generated.demo_market.accounts import PerpMarket
from tests.support.forging import swap, unsigned
from tests.support.world import World

INDEX = 3


@pytest.fixture
def created(world: World) -> Pubkey:
    """A market that is created, with all blanks opened, and not registered."""
    groups = recipes.open_market(world.creator.key, INDEX, world.mint, world.feed, design())
    for group in groups[:3]:
        world.send(*group)
    return world.at.market_id(world.creator.key, INDEX)


def design() -> recipes.MarketDesign:
    """Default terms."""
    return recipes.default_design(depth=10**12)


def register(world: World, market: Pubkey) -> Instruction:
    """The registration of the fixture's market."""
    return recipes.register(world.creator.key, market, world.feed, design())


def test_the_market_is_registered_with_its_terms(world: World, created: Pubkey) -> None:
    sent = world.send(register(world, created))
    event = sent.event(MarketRegistered)
    terms = design()
    assert (event.market_id, event.actor) == (created, world.creator.key)
    assert (event.max_leverage, event.insolvency_threshold) == (terms.max_leverage, terms.insolvency_threshold)
    assert (event.lock_epochs, event.notice_epochs) == (terms.lock_epochs, terms.notice_epochs)
    assert world.read(PerpMarket, created).registered


def test_registering_twice_is_refused_by_the_risk_engine(world: World, created: Pubkey) -> None:
    world.send(register(world, created))
    with world.expect_error("E_STATE"):
        world.send(register(world, created), payer=world.keeper)


def test_only_the_creator_registers(world: World, created: Pubkey) -> None:
    stranger = world.user()
    foreign = swap(register(world, created), world.creator.key, stranger.key)
    with world.expect_error("E_AUTHORITY"):
        world.send(foreign)


def test_the_vault_is_the_markets_own(world: World, created: Pubkey) -> None:
    other = world.token_account(created)
    forged = swap(register(world, created), world.at.market(created).vault, other)
    with world.expect_error("E_VAULT"):
        world.send(forged)


def test_a_forged_risk_engine_is_not_called(world: World, created: Pubkey) -> None:
    forged = swap(register(world, created), world.at.risk_engine, world.at.insurance_pool)
    with world.expect_error("E_PROGRAM"):
        world.send(forged)


def test_a_refusal_of_the_risk_engine_undoes_everything(world: World, created: Pubkey) -> None:
    wrong = replace(design(), insolvency_threshold=1)
    with world.expect_error("E_BOUNDS"):
        world.send(recipes.register(world.creator.key, created, world.feed, wrong))
    assert not world.read(PerpMarket, created).registered


def test_register_compute_units(world: World, created: Pubkey) -> None:
    # Two fingerprints of programs and one address checked (2.2 k each on average, up to 15 k), and one call.
    assert world.send(register(world, created)).units <= 60_000


def test_the_creator_must_sign(world: World, created: Pubkey) -> None:
    with world.expect_error("NOT_SIGNED"):
        world.send(unsigned(register(world, created), world.creator.key), payer=world.keeper)
