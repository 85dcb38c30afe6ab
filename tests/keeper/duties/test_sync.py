"""Synchronising: first, after another standing, and when the price runs away from open positions."""

import pytest

from offchain.chain.generated.risk_engine.accounts import MarketInputs, RiskScore
from offchain.keeper.duties import sync
from tests.support.duties import carry_out, due, moment_of, the_job, view_of
from tests.support.market import Market
from tests.support.world import World


def test_a_market_that_knows_everything_is_left_alone(world: World, market: Market) -> None:
    assert due("sync", market) == []


def test_a_price_that_moves_matters_only_with_open_positions(world: World, market: Market) -> None:
    market.cover("150000")
    world.advance(seconds=30)
    world.push_price("8100")
    assert due("sync", market) == []
    market.sync()
    market.open(market.trader("60000"), is_long=True, base="1", margin="2000")
    world.advance(seconds=30)
    world.push_price("8150")
    assert due("sync", market) == []
    world.advance(seconds=30)
    world.push_price("8250")
    carry_out(market, the_job("sync", market))
    assert market.perp().price == 8_250_000_000
    assert due("sync", market) == []


@pytest.mark.parametrize("reason", ["exit", "arrears"])
def test_a_restriction_is_brought_to_the_market(world: World, market: Market, reason: str) -> None:
    world.edit(MarketInputs, market.m.inputs, **{reason: True})
    carry_out(market, the_job("sync", market))
    bits = {"exit": world.parameters.reason_exit, "arrears": world.parameters.reason_arrears}
    assert market.perp().reasons == bits[reason]
    assert due("sync", market) == []


def test_what_it_expects_is_what_a_synchronisation_sets(world: World, market: Market) -> None:
    world.advance(epochs=4)
    world.push_price()
    expected = sync.standing(view_of(market), moment_of(world, world.keeper))
    market.sync()
    assert (market.perp().grade, market.perp().reasons) == expected
    assert expected[1] == world.parameters.reason_stale


def test_a_market_without_a_price_or_terms_waits(world: World, market: Market) -> None:
    world.edit(RiskScore, market.m.score, has_score=False)
    config = market.config()
    world.edit(type(config), market.m.config, status=1)
    assert due("sync", market) == []


def test_a_fresh_synchronisation_is_not_repeated_before_use(world: World, market: Market) -> None:
    assert sync.before_use(view_of(market), moment_of(world, world.keeper)) == []
    world.advance(seconds=55)
    assert len(sync.before_use(view_of(market), moment_of(world, world.keeper))) == 1
    market.sync()
    assert sync.before_use(view_of(market), moment_of(world, world.keeper)) == []
    world.push_price("8001")
    assert len(sync.before_use(view_of(market), moment_of(world, world.keeper))) == 1
