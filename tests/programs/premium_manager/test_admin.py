"""propose_admin, accept_admin, set_guardian: a handover in two steps."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated.premium_manager import AdminAccepted, AdminProposed, GuardianSet
from tests.programs.premium_manager.lab import Lab
from tests.support.world import World


def test_handover_needs_both_keys(world: World, lab: Lab) -> None:
    next_admin = world.user(name="next admin").key
    event = lab.send("propose_admin", {"new_admin": next_admin}).event(AdminProposed)
    assert (lab.config().admin, lab.config().pending_admin) == (world.admin.key, next_admin)
    assert (event.actor, event.before, event.after) == (world.admin.key, Pubkey.default(), next_admin)
    taken = lab.send("accept_admin", new_admin=next_admin).event(AdminAccepted)
    assert lab.config().admin == next_admin
    assert (taken.actor, taken.before, taken.after) == (next_admin, world.admin.key, next_admin)


def test_only_the_admin_proposes_and_names_the_guardian(world: World, lab: Lab) -> None:
    with world.expect_error("E_ADMIN"):
        lab.send("propose_admin", {"new_admin": world.keeper.key}, admin=world.keeper.key)
    with world.expect_error("E_ADMIN"):
        lab.send("set_guardian", {"guardian": world.keeper.key}, admin=world.guardian.key)


def test_only_the_proposed_key_accepts(world: World, lab: Lab) -> None:
    lab.send("propose_admin", {"new_admin": world.creator.key})
    with world.expect_error("E_ADMIN"):
        lab.send("accept_admin", new_admin=world.admin.key)


def test_guardian_is_named(world: World, lab: Lab) -> None:
    event = lab.send("set_guardian", {"guardian": world.creator.key}).event(GuardianSet)
    assert lab.config().guardian == world.creator.key
    assert (event.actor, event.before, event.after) == (world.admin.key, world.guardian.key, world.creator.key)


def test_compute_units(world: World, lab: Lab) -> None:
    # one small account and one event each
    assert lab.send("propose_admin", {"new_admin": world.creator.key}).units <= 8_000
    assert lab.send("set_guardian", {"guardian": world.creator.key}).units <= 8_000
    assert lab.send("accept_admin", new_admin=world.creator.key).units <= 8_000
