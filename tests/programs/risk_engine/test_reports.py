"""update_statistics, update_reserve, update_arrears: each part of the inputs by its owner's signature alone."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated.risk_engine import ArrearsReceived, ReserveReceived, StatisticsReceived
from tests.programs.risk_engine.lab import STATISTICS, Lab
from tests.support.sent import Sent
from tests.support.world import World

NAMES = {"oi_long": "open_interest_long", "oi_short": "open_interest_short", "oi_now": "open_interest_now"}
REPORT = {
    "oi_long": 11,
    "oi_short": 12,
    "oi_now": 13,
    "mean_leverage": 14,
    "depth": 2**64 - 1,
    "cum_funding": -(2**63),
}
RESERVE = {"epoch": 9, "available": 100, "pending": 40, "utilization_bps": 8_000, "exit": True}


def report(lab: Lab, market: Pubkey, epoch: int, **changed: int) -> Sent:
    return lab.send("update_statistics", {"epoch": epoch} | STATISTICS | changed, market=market)


def test_statistics_are_stored(lab: Lab) -> None:
    before = lab.market.inputs().stats_epoch
    actor = lab.play_market()
    event = report(lab, actor.key, before + 1, **REPORT).event(StatisticsReceived)
    stored = lab.market.inputs()
    expected = {NAMES.get(key, key): value for key, value in REPORT.items()}
    assert {key: getattr(stored, key) for key in expected} == expected
    assert {key: getattr(event, key) for key in expected} == expected
    assert (stored.stats_epoch, stored.has_stats) == (before + 1, True)
    assert (event.market_id, event.accepted) == (actor.key, True)
    assert (event.epoch_before, event.epoch_after) == (before, before + 1)


def test_statistics_that_are_not_newer_change_nothing(lab: Lab) -> None:
    actor = lab.play_market()
    stored = lab.market.inputs()
    for epoch in (0, stored.stats_epoch - 1, stored.stats_epoch):
        event = report(lab, actor.key, epoch, **REPORT).event(StatisticsReceived)
        assert not event.accepted and event.epoch_after == stored.stats_epoch
        assert lab.market.inputs() == stored


def test_the_first_report_may_be_of_epoch_0(world: World, lab: Lab) -> None:
    actor = lab.play_market()
    blank = {"stats_epoch": 0, "has_stats": False}
    world.edit(type(lab.market.inputs()), lab.market.m.inputs, **blank)
    assert report(lab, actor.key, 0, depth=7).event(StatisticsReceived).accepted
    assert lab.market.inputs().depth == 7


def test_only_the_market_reports_statistics(world: World, lab: Lab) -> None:
    for key in (world.admin.key, world.creator.key):
        with world.expect_error("E_AUTHORITY"):
            report(lab, key, 10**6)


def test_reserve_is_stored(world: World, lab: Lab) -> None:
    before = lab.market.inputs()
    event = lab.send("update_reserve", RESERVE, pool_authority=lab.play("pool_authority").key).event(ReserveReceived)
    stored = lab.market.inputs()
    assert (stored.reserve_epoch, stored.available_balance, stored.pending_withdrawals) == (9, 100, 40)
    assert (stored.utilization_bps, stored.exit, stored.has_reserve) == (8_000, True, True)
    assert (event.market_id, event.epoch) == (lab.market.id, 9)
    assert (event.available_before, event.available_after) == (before.available_balance, 100)
    assert (event.utilization_before, event.utilization_after) == (before.utilization_bps, 8_000)
    assert (event.exit_before, event.exit_after, event.pending_withdrawals) == (False, True, 40)


def test_only_the_pool_reports_its_reserve(world: World, lab: Lab) -> None:
    for key in (world.admin.key, lab.play("premium_authority").key):
        with world.expect_error("E_AUTHORITY"):
            lab.send("update_reserve", RESERVE, pool_authority=key)


def test_arrears_are_stored_and_cleared(lab: Lab) -> None:
    actor = lab.play("premium_authority").key
    for epoch, arrears in ((5, True), (6, False)):
        args = {"epoch": epoch, "arrears": arrears}
        event = lab.send("update_arrears", args, premium_authority=actor).event(ArrearsReceived)
        stored = lab.market.inputs()
        assert (stored.arrears, stored.arrears_epoch) == (arrears, epoch)
        assert (event.market_id, event.epoch, event.before, event.after) == (lab.market.id, epoch, not arrears, arrears)


def test_only_the_premium_manager_reports_arrears(world: World, lab: Lab) -> None:
    for key in (world.admin.key, lab.play("pool_authority").key):
        with world.expect_error("E_AUTHORITY"):
            lab.send("update_arrears", {"epoch": 1, "arrears": True}, premium_authority=key)


def test_compute_units(lab: Lab) -> None:
    # called by CPI inside other cranks: one or two small accounts, no derivation
    assert report(lab, lab.play_market().key, 10**6).units <= 9_000
    assert lab.send("update_reserve", RESERVE, pool_authority=lab.play("pool_authority").key).units <= 10_000
    args = {"epoch": 1, "arrears": True}
    assert lab.send("update_arrears", args, premium_authority=lab.play("premium_authority").key).units <= 10_000
