"""Epochs, premiums and keepers as the chain's accounts and logs tell them."""

from collections import Counter
from typing import Any

from offchain.api.bodies.keepers import CRANKS
from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.generated.insolvency_handler import ClaimFeeCollected
from offchain.chain.events.generated.premium_manager import PremiumsRouted
from offchain.chain.events.generated.risk_engine import ScoreUpdated
from offchain.chain.events.parse import parse_events
from tests.api.conftest import Lived


def all_events(lived: Lived) -> list[Any]:
    return [
        event
        for record in lived.story.world.local.transactions()
        if record.err is None
        for event in parse_events(record.logs).events
    ]


def test_every_crank_is_counted(lived: Lived, get: Any) -> None:
    turned = Counter(
        (str(event.actor), type(event).__name__) for event in all_events(lived) if type(event).__name__ in CRANKS
    )
    found = {
        (keeper["keeper"], crank["event"]): crank["count"]
        for keeper in get("keepers")["items"]
        for crank in keeper["by_crank"]
    }
    assert found == dict(turned)
    assert sum(turned.values()) > 200


def test_earnings_are_what_the_events_paid(lived: Lived, get: Any) -> None:
    earned: Counter[str] = Counter()
    for event in all_events(lived):
        if isinstance(event, PremiumsRouted):
            earned["bounties"] += event.bounty
        elif isinstance(event, ClaimFeeCollected):
            earned["claim_fees"] += event.amount
        elif isinstance(event, PositionLiquidated):
            earned["liquidations"] += event.keeper_paid
    keepers = get("keepers")["items"]
    for name, amount in earned.items():
        assert sum(int(keeper[name]) for keeper in keepers) == amount > 0
    items = get("earnings", limit=500)["items"]
    assert sum(int(one["amount"]) for one in items) == sum(earned.values())
    mine = get("earnings", keeper=str(lived.story.keeper.key), limit=500)["items"]
    assert {one["keeper"] for one in mine} == {str(lived.story.keeper.key)}
    one = get(f"keepers/{lived.story.keeper.key}")["keeper"]
    assert one in keepers
    assert [period["days"] for period in one["profits"]] == [1, 7, 30]


def test_the_last_crank_is_the_chains(lived: Lived, get: Any) -> None:
    last = max(event.slot for event in all_events(lived) if isinstance(event, ScoreUpdated))
    keeper = get(f"keepers/{lived.story.keeper.key}")["keeper"]
    scores = next(crank for crank in keeper["by_crank"] if crank["event"] == "ScoreUpdated")
    assert scores["last_slot"] == last
    record = next(record for record in lived.story.world.local.transactions() if record.slot == last)
    assert scores["last_at"] == record.block_time
    assert get("status")["keepers"]["last_slot"] == last


def test_who_never_cranked_is_a_404(lived: Lived, client: Any) -> None:
    assert client.get(f"/v1/keepers/{lived.provider.key}").status_code == 404


def test_premiums_are_the_account(lived: Lived, get: Any) -> None:
    account, body = lived.market.premium, get(f"premiums/{lived.id}")
    one = body["premium"]
    assert get("premiums")["items"] == [one]
    assert one["rate_bps"] == account.rate_bps
    expected = (account.escrow_ledger, account.balance, account.total_collected, account.total_routed)
    assert (one["escrow"], one["balance"], one["total_collected"], one["total_routed"]) == tuple(map(str, expected))
    assert one["offset"] == str(account.acknowledged_offset) != "0"
    assert one["route_epoch"] == account.route_epoch


def test_the_steps_of_premiums_add_up(lived: Lived, get: Any) -> None:
    steps, cursor = [], None
    while True:
        page = get(f"premiums/{lived.id}/flows", limit=40, **({"cursor": cursor} if cursor else {}))
        steps += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    account = lived.market.premium
    sums = {
        name: sum(int(step[name]) for step in steps) for name in ("premium", "routed", "credited", "bounty", "offset")
    }
    assert sums["routed"] == sums["credited"] == account.total_routed
    assert sums["bounty"] == account.total_bounty
    assert sums["premium"] - sums["bounty"] - sums["routed"] == account.escrow_ledger
    assert sums["offset"] == account.acknowledged_offset
    balance = sum(int(step["premium"]) + int(step["offset"]) - int(step["floor"]) for step in steps)
    assert balance == account.balance
    rates = get(f"premiums/{lived.id}/flows", kind="rate", limit=500)["items"]
    assert {step["kind"] for step in rates} == {"rate"}
    assert rates[0]["rate_bps"] == account.rate_bps


def test_epochs_tell_scores_and_premiums(lived: Lived, get: Any) -> None:
    world = lived.story.world
    body = get("epochs", limit=6)
    assert (body["current"], body["now"]) == (world.epoch, world.now)
    assert body["ends_at"] == world.schedule.start(world.epoch + 1)
    assert [one["epoch"] for one in body["items"]] == list(range(world.epoch, world.epoch - 6, -1))
    scored = {event.epoch: event for event in all_events(lived) if isinstance(event, ScoreUpdated)}
    for one in body["items"]:
        (market,) = one["markets"]
        event = scored.get(one["epoch"])
        assert market["score"] == (event.score_after if event else None)
        assert market["keeper"] == (str(event.actor) if event else None)
        assert one["complete"] is (one["epoch"] < world.epoch)
        assert one["end"] - one["start"] == 900
    following = get("epochs", limit=2, cursor=body["next"])["items"]
    assert [one["epoch"] for one in following] == [world.epoch - 6, world.epoch - 7]
    clock = get("epochs/current")
    assert (clock["epoch"], clock["start"], clock["end"]) == (
        world.epoch,
        world.schedule.start(world.epoch),
        body["ends_at"],
    )


def test_the_first_page_of_epochs_is_the_last(lived: Lived, get: Any) -> None:
    cursor, seen = None, 0
    while True:
        page = get("epochs", limit=200, **({"cursor": cursor} if cursor else {}))
        seen += len(page["items"])
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == lived.epoch + 1
    assert page["items"][-1]["epoch"] == 0
