"""allow_engine, remove_engine, restore_engine: which perp programs may register markets."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated.risk_engine import EngineListed
from offchain.chain.generated.risk_engine.accounts import AllowedEngine
from tests.programs.risk_engine.lab import Lab
from tests.support.keys import keypair
from tests.support.sent import Sent
from tests.support.world import World

OTHER = keypair("other program").pubkey()


def allow(world: World, lab: Lab, program: Pubkey, named: Pubkey | None = None, admin: Pubkey | None = None) -> Sent:
    program_id = named or program
    accounts = {"program": program, "engine": world.at.engine(program_id), "admin": admin or world.admin.key}
    return lab.send("allow_engine", {"program_id": program_id}, **accounts)


def listed(world: World, program: Pubkey) -> AllowedEngine:
    return world.read(AllowedEngine, world.at.engine(program))


def test_lists_a_program_with_its_fingerprint(world: World, lab: Lab) -> None:
    sent = allow(world, lab, OTHER)
    engine = listed(world, OTHER)
    assert (engine.program, engine.active) == (OTHER, True)
    assert engine.fingerprint == world.at.fingerprint("risk_engine", OTHER)
    event = sent.event(EngineListed)
    assert (event.actor, event.program, event.before, event.after) == (world.admin.key, OTHER, False, True)


def test_refuses_a_stranger(world: World, lab: Lab) -> None:
    with world.expect_error("E_ADMIN"):
        allow(world, lab, OTHER, admin=world.keeper.key)


def test_refuses_a_program_under_another_name(world: World, lab: Lab) -> None:
    with world.expect_error("E_PROGRAM"):
        allow(world, lab, world.at.demo_market, named=OTHER)


def test_removed_and_restored(world: World, lab: Lab) -> None:
    removed = lab.send("remove_engine").event(EngineListed)
    assert not listed(world, world.at.demo_market).active
    assert (removed.program, removed.before, removed.after) == (world.at.demo_market, True, False)
    restored = lab.send("restore_engine").event(EngineListed)
    assert listed(world, world.at.demo_market).active
    assert (restored.actor, restored.before, restored.after) == (world.admin.key, False, True)


def test_only_the_admin_removes_and_restores(world: World, lab: Lab) -> None:
    for name in ("remove_engine", "restore_engine"):
        with world.expect_error("E_ADMIN"):
            lab.send(name, admin=world.guardian.key)


def test_compute_units(world: World, lab: Lab) -> None:
    # two derivations and an account for the list, one small account to change it
    assert allow(world, lab, OTHER).units <= 30_000
    assert lab.send("remove_engine").units <= 10_000
    assert lab.send("restore_engine").units <= 10_000
