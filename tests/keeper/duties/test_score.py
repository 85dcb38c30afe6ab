"""Scores, with the reports they need and the synchronisation that follows."""

from offchain.chain.events.generated.demo_market import SyncReceived
from offchain.chain.events.generated.risk_engine import ReserveReceived, ScoreUpdated, StatisticsReceived
from offchain.chain.instructions import demo_market
from tests.support.duties import carry_out, due, the_job
from tests.support.market import Market
from tests.support.world import World


def test_nothing_is_due_twice_in_an_epoch(world: World, market: Market) -> None:
    assert due("score", market) == []
    world.advance(epochs=1)
    world.push_price()
    assert len(due("score", market)) == 1
    carry_out(market, the_job("score", market))
    assert due("score", market) == []


def test_one_transaction_reports_scores_and_synchronises(world: World, market: Market) -> None:
    world.advance(epochs=1)
    world.push_price()
    sent = carry_out(market, the_job("score", market))
    for kind in (StatisticsReceived, ReserveReceived, ScoreUpdated, SyncReceived):
        sent.event(kind)
    assert market.score().epoch == world.epoch
    assert market.perp().synced_at == world.now


def test_reports_that_somebody_made_are_not_made_again(world: World, market: Market) -> None:
    world.advance(epochs=1)
    world.push_price()
    world.send(demo_market.push_statistics(world.keeper.key, market.id))
    job = the_job("score", market)
    assert len(job.variants[0]) == 3
    carry_out(market, job).none(StatisticsReceived)


def test_without_a_price_of_two_epochs_there_is_no_score_but_there_are_reports(world: World, market: Market) -> None:
    world.advance(epochs=3)
    assert due("score", market) == []
    sent = carry_out(market, the_job("statistics", market))
    sent.event(StatisticsReceived)
    sent.event(ReserveReceived)
    assert due("statistics", market) == []


def test_reports_go_with_the_score_while_there_can_be_one(world: World, market: Market) -> None:
    world.advance(epochs=1)
    world.push_price()
    assert due("statistics", market) == []


def test_a_market_scores_only_after_its_first_synchronisation(world: World, market: Market) -> None:
    second = world.open_market(index=1)
    assert len(due("score", second)) == 1
    world.edit(type(second.perp()), second.id, synced=False)
    assert due("score", second) == []
    assert len(due("sync", second)) == 1
