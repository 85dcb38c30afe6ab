"""stop_registrations: the guardian's 72 hours, not again for 30 days."""

from offchain.chain.events.generated.risk_engine import RegistrationsStopped
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

HOURS_72 = 72 * 3600
DAYS_30 = 30 * 86_400


def test_stops_for_72_hours(world: World, lab: Lab) -> None:
    now = world.now
    sent = lab.send("stop_registrations")
    config = lab.config()
    assert (config.paused_until, config.pause_allowed_at) == (now + HOURS_72, now + DAYS_30)
    event = sent.event(RegistrationsStopped)
    assert (event.actor, event.before, event.after) == (world.guardian.key, 0, now + HOURS_72)
    assert (event.allowed_again_at, event.epoch, event.slot) == (now + DAYS_30, world.schedule.epoch(now), sent.slot)


def test_not_again_for_30_days(world: World, lab: Lab) -> None:
    start = world.now
    lab.send("stop_registrations")
    world.local.warp_to(start + DAYS_30 - 1)
    with world.expect_error("E_EARLY"):
        lab.send("stop_registrations")
    world.local.warp_to(start + DAYS_30)
    lab.send("stop_registrations")
    assert lab.config().paused_until == start + DAYS_30 + HOURS_72


def test_only_the_guardian(world: World, lab: Lab) -> None:
    for key in (world.admin.key, world.keeper.key):
        with world.expect_error("E_GUARDIAN"):
            lab.send("stop_registrations", guardian=key)


def test_compute_units(lab: Lab) -> None:
    # one small account
    assert lab.send("stop_registrations").units <= 10_000
