"""announce_change, apply_change: new terms are on the chain a week before they count."""

import pytest

from offchain.chain.events.generated.risk_engine import ChangeAnnounced, ChangeApplied
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from tests.programs.risk_engine.blank import blank_lab, register
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

WEEK = 672
NEW = {"lock": 2000, "notice": 200, "max_leverage": 30_000}


def test_announced_and_applied_after_a_week(world: World, lab: Lab) -> None:
    start, old = world.epoch, lab.market.config()
    announced = lab.send("announce_change", NEW)
    stored = lab.market.config()
    assert (stored.next_lock, stored.next_notice, stored.next_max_leverage) == (2000, 200, 30_000)
    assert (stored.next_epoch, stored.change_pending) == (start + WEEK, True)
    assert (stored.lock_epochs, stored.notice_epochs, stored.max_leverage) == (
        old.lock_epochs,
        old.notice_epochs,
        old.max_leverage,
    )
    event = announced.event(ChangeAnnounced)
    assert (event.market_id, event.actor, event.due_epoch) == (lab.market.id, world.admin.key, start + WEEK)
    assert (event.lock_epochs, event.notice_epochs, event.max_leverage) == (2000, 200, 30_000)
    assert (event.epoch, event.slot) == (start, announced.slot)

    world.go_to_epoch(start + WEEK - 1)
    with world.expect_error("E_EARLY"):
        lab.send("apply_change")
    world.go_to_epoch(start + WEEK)
    applied = lab.send("apply_change")
    stored = lab.market.config()
    assert (stored.lock_epochs, stored.notice_epochs, stored.max_leverage) == (2000, 200, 30_000)
    assert (stored.terms_pushed, stored.status, stored.change_pending) == (5, 2, False)
    change = applied.event(ChangeApplied)
    assert (change.lock_before, change.lock_after) == (old.lock_epochs, 2000)
    assert (change.notice_before, change.notice_after) == (old.notice_epochs, 200)
    assert (change.leverage_before, change.leverage_after) == (old.max_leverage, 30_000)
    assert (change.market_id, change.actor, change.epoch) == (lab.market.id, world.keeper.key, start + WEEK)
    assert change.slot == applied.slot

    world.advance(seconds=1)
    with world.expect_error("E_STATE"):
        lab.send("apply_change")
    lab.send("push_terms_pool")
    assert (lab.market.pool().lock_epochs, lab.market.pool().notice_epochs) == (2000, 200)


def test_nothing_announced(world: World, lab: Lab) -> None:
    with world.expect_error("E_STATE"):
        lab.send("apply_change")


def test_only_the_admin_announces(world: World, lab: Lab) -> None:
    for key in (world.guardian.key, world.creator.key):
        with world.expect_error("E_ADMIN"):
            lab.send("announce_change", NEW, admin=key)


def test_refuses_a_market_that_is_not_live(world: World) -> None:
    lab = blank_lab(world)
    register(lab)
    with world.expect_error("E_STATE"):
        lab.send("announce_change", NEW)


@pytest.mark.parametrize(
    "changed",
    [{"lock": 0}, {"lock": 2881}, {"notice": 3}, {"notice": 673}, {"max_leverage": 9_999}, {"max_leverage": 1_000_001}],
)
def test_refuses_terms_out_of_bounds(world: World, lab: Lab, changed: dict[str, int]) -> None:
    with world.expect_error("E_BOUNDS"):
        lab.send("announce_change", NEW | changed)


def test_a_second_announcement_starts_the_week_again(world: World, lab: Lab) -> None:
    start = world.epoch
    lab.send("announce_change", NEW)
    world.advance(epochs=100)
    lab.send("announce_change", NEW | {"lock": 1500})
    stored = world.read(MarketConfig, lab.market.m.config)
    assert (stored.next_epoch, stored.next_lock) == (start + 100 + WEEK, 1500)


def test_compute_units(world: World, lab: Lab) -> None:
    # two small accounts each
    assert lab.send("announce_change", NEW).units <= 14_000
    world.advance(epochs=WEEK)
    assert lab.send("apply_change").units <= 14_000
