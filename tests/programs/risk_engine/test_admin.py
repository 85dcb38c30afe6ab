"""propose_admin, accept_admin, set_guardian: a handover in two steps."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated.risk_engine import AdminAccepted, AdminProposed, GuardianSet
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World


def test_handover_needs_both_keys(world: World, lab: Lab) -> None:
    next_admin = world.user(name="next admin")
    proposed = lab.send("propose_admin", {"new_admin": next_admin.key})
    config = lab.config()
    assert (config.admin, config.pending_admin) == (world.admin.key, next_admin.key)
    event = proposed.event(AdminProposed)
    assert (event.actor, event.before, event.after) == (world.admin.key, Pubkey.default(), next_admin.key)

    accepted = lab.send("accept_admin", new_admin=next_admin.key)
    assert lab.config().admin == next_admin.key
    taken = accepted.event(AdminAccepted)
    assert (taken.actor, taken.before, taken.after) == (next_admin.key, world.admin.key, next_admin.key)
    with world.expect_error("E_ADMIN"):
        lab.send("set_guardian", {"guardian": world.keeper.key})


def test_only_the_admin_proposes(world: World, lab: Lab) -> None:
    with world.expect_error("E_ADMIN"):
        lab.send("propose_admin", {"new_admin": world.keeper.key}, admin=world.keeper.key)


def test_only_the_proposed_key_accepts(world: World, lab: Lab) -> None:
    lab.send("propose_admin", {"new_admin": world.creator.key})
    for key in (world.keeper.key, world.admin.key):
        with world.expect_error("E_ADMIN"):
            lab.send("accept_admin", new_admin=key)


def test_guardian_is_named_by_the_admin(world: World, lab: Lab) -> None:
    guardian = world.user(name="next guardian").key
    sent = lab.send("set_guardian", {"guardian": guardian})
    assert lab.config().guardian == guardian
    event = sent.event(GuardianSet)
    assert (event.actor, event.before, event.after) == (world.admin.key, world.guardian.key, guardian)
    with world.expect_error("E_ADMIN"):
        lab.send("set_guardian", {"guardian": guardian}, admin=world.guardian.key)


def test_compute_units(world: World, lab: Lab) -> None:
    # one small account and one event each
    assert lab.send("propose_admin", {"new_admin": world.creator.key}).units <= 8_000
    assert lab.send("set_guardian", {"guardian": world.creator.key}).units <= 8_000
    assert lab.send("accept_admin", new_admin=world.creator.key).units <= 8_000
