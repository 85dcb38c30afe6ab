"""Rules about markets, on the real programs."""

from dataclasses import replace

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import risk_engine
from offchain.monitoring.alerts.evaluate import Alerts
from offchain.monitoring.alerts.store import active_alerts
from offchain.monitoring.facts.facts import gather
from tests.monitoring.deployment import Deployment
from tests.verify.story import Story

LOOK = 5
"""Real seconds between two looks."""
ALL = ("score_stale", "price_stale", "cranks_missing", "market_restricted")


def test_a_kept_market_is_well(watched: Deployment, story: Story) -> None:
    story.world.crank_epoch()
    for rule in ALL:
        assert watched.found(rule) == []


def test_a_score_that_is_missed(watched: Deployment, story: Story) -> None:
    market = str(story.market.id)
    story.world.advance(epochs=1)
    assert watched.found("score_stale") == [], "this epoch's may still come"
    story.world.advance(epochs=1)
    (found,) = watched.found("score_stale")
    assert found.subject == market and "2 epochs ago" in found.message
    story.world.push_price()
    story.market.crank()
    assert watched.found("score_stale") == []


def test_a_price_that_gets_old(watched: Deployment, story: Story) -> None:
    story.world.advance(seconds=1)
    story.world.push_price()
    story.world.advance(seconds=180)
    assert watched.found("price_stale") == []
    story.world.advance(seconds=1)
    (found,) = watched.found("price_stale")
    assert found.subject == str(story.world.feed) and "is 181 s old" in found.message
    story.world.push_price()
    assert watched.found("price_stale") == []


def test_ten_minutes_without_a_crank(watched: Deployment, story: Story) -> None:
    story.world.advance(epochs=1)
    story.world.advance(seconds=599)
    assert watched.found("cranks_missing") == []
    story.world.advance(seconds=1)
    (found,) = watched.found("cranks_missing")
    assert found.subject == str(story.market.id) and "due for 600 s" in found.message
    story.world.push_price()
    story.market.crank()
    assert watched.found("cranks_missing") == []


def test_a_restricted_market_says_why(watched: Deployment, story: Story) -> None:
    admin, engine = story.world.admin.key, LOCALNET.demo_market
    assert watched.found("market_restricted") == []
    story.world.send(risk_engine.remove_engine(admin, engine))
    (found,) = watched.found("market_restricted")
    assert found.subject == str(story.market.id)
    assert found.message.endswith("is restricted: delisted")
    story.world.send(risk_engine.restore_engine(admin, engine))
    assert watched.found("market_restricted") == []
    story.world.advance(epochs=3)
    (found,) = watched.found("market_restricted")
    assert found.message.endswith("is restricted: stale score")


def test_missed_epochs_add_up_where_the_clock_is_driven(watched: Deployment, story: Story) -> None:
    """At 60 times its pace an epoch lasts three looks: no condition that ends with it would stand long enough."""
    alerts, market = Alerts(watched.context), str(story.market.id)
    missing = ("cranks_missing", market)

    def look() -> bool:
        story.world.advance(seconds=60 * LOOK)
        facts = gather(watched.context)
        alerts.judge(replace(facts, now_ms=start + (facts.now - began) * 1_000 // 60))
        with watched.database.reading() as session:
            return missing in active_alerts(session)

    story.world.crank_epoch()
    watched.index()
    now, first = gather(watched.context), story.world.epoch
    start, began = now.now_ms, now.now
    raised = [look() for _ in range(12)]
    assert story.world.epoch >= first + 3
    due = raised.index(True)
    assert raised == [False] * due + [True] * (12 - due), "once raised it stands until somebody scores"
    assert 4 <= due <= 7, "up to an epoch until the score is due, two thirds of one, and two looks"
    story.world.push_price()
    story.market.crank()
    watched.index()
    assert gather(watched.context).score_due(gather(watched.context).markets[0]) == 0
