"""`percosec admin show` and `powers`: who holds what, and what is under way."""

import pytest
from solders.pubkey import Pubkey

from offchain.admin.power import GOVERNED
from offchain.admin.powers import POWERS
from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.instructions.admin import accept_admin, propose_admin
from offchain.localnet.server import serving
from tests.commands.terminal import Terminal
from tests.support.world import World


def test_holders_are_those_of_the_configs(world: World, terminal: Terminal) -> None:
    document = terminal.json("admin", "show")
    held = {(row["power"], row["program"]): row["holder"] for row in document["powers"]}
    assert set(held) == {(power.name, program) for power in POWERS for program in power.programs}
    assert held["announce-change", "risk_engine"] == str(world.admin.key)
    assert held["stop-deposits", "insurance_pool"] == str(world.guardian.key)
    assert held["collect-treasury", "insurance_pool"] == str(world.treasury.key)
    assert held["set-pyth-rules", "pyth_adapter"] == str(world.admin.key)
    assert held["apply-change", "risk_engine"] is None
    assert {held["accept-admin", program] for program in GOVERNED} == {None}
    assert document["engines"] == [{"program": str(world.at.demo_market), "listed": True}]
    assert document["treasury_fees"] == {str(world.market.id): 0}
    assert document["development_build"] is True
    assert set(document["upgrade_authorities"]) == set(world.at.deployed)
    pending = document["pending"]
    assert (pending["proposed_admins"], pending["announced_changes"], pending["pools_to_be_told"]) == ({}, [], [])
    assert "no proposal, no announcement, no stop" in terminal.text("admin", "show")


def test_everything_under_way_is_shown_with_its_date(world: World, terminal: Terminal) -> None:
    heir = world.user(name="the next one")
    world.send(propose_admin("insurance_pool", world.admin.key, heir.key))
    world.send(risk_engine.announce_change(world.admin.key, world.market.id, 960, 96, 200_000))
    world.send(insurance_pool.stop_deposits(world.guardian.key))
    world.send(risk_engine.remove_engine(world.admin.key, world.at.demo_market))
    pending = terminal.json("admin", "show")["pending"]
    assert pending["proposed_admins"] == {"insurance_pool": str(heir.key)}
    (change,) = pending["announced_changes"]
    assert change["market_id"] == str(world.market.id) and change["epoch"] == world.epoch + 672
    assert change["time"] == world.schedule.start(world.epoch + 672) and change["due"] is False
    stop = pending["stops"]["stop-deposits"]
    assert stop == {"in_force": True, "until": world.now + 259_200, "possible_again": world.now + 2_592_000}
    assert pending["stops"]["stop-registrations"] == {"in_force": False, "until": 0, "possible_again": 0}
    shown = terminal.text("admin", "show")
    assert f"{heir.key} may accept" in shown and "lock 960 epochs (10 d)" in shown and "removed" in shown
    assert "in force, lapses 2020-03-13" in shown and "not again before 2020-04-09" in shown


def test_what_is_over_is_no_longer_pending(world: World, terminal: Terminal) -> None:
    heir = world.user(name="the next one")
    world.send(propose_admin("risk_engine", world.admin.key, heir.key))
    world.send(accept_admin("risk_engine", heir.key))
    world.send(risk_engine.stop_registrations(world.guardian.key))
    world.send(risk_engine.announce_change(heir.key, world.market.id, 960, 96, 200_000))
    world.go_to_epoch(world.epoch + 672)
    document = terminal.json("admin", "show")
    assert document["pending"]["proposed_admins"] == {}
    assert document["pending"]["stops"]["stop-registrations"]["in_force"] is False
    assert document["pending"]["announced_changes"][0]["due"] is True
    assert "due now: apply-change" in terminal.text("admin", "show")
    world.send(risk_engine.apply_change(world.keeper.key, world.market.id))
    assert terminal.json("admin", "show")["pending"]["pools_to_be_told"] == [str(world.market.id)]
    assert "the pool has not been told" in terminal.text("admin", "show")


def test_a_chain_without_configured_programs_is_said(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(World.bare().local) as endpoints:
        monkeypatch.setenv("PERCOSEC_RPC", endpoints.http)
        for command in (
            ("show",),
            ("plan", "stop-deposits"),
            ("plan", "announce-change", "--market", Pubkey.default(), "--lock", "7d"),
        ):
            assert "not configured on this chain" in terminal.refused("admin", *command)


def test_powers_are_listed_without_a_chain(terminal: Terminal) -> None:
    document = terminal.json("admin", "powers", "--rpc", "http://127.0.0.1:1")
    assert [row["name"] for row in document["powers"]] == [power.name for power in POWERS]
    assert "stop-deposits" in terminal.text("admin", "powers", "--rpc", "http://127.0.0.1:1")
