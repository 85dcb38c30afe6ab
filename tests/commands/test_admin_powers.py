"""Every power: planned, applied as planned, read back from the chain by other means than the plan's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from solders.pubkey import Pubkey

from offchain.admin.holders import CONFIGS
from offchain.admin.power import GOVERNED
from offchain.admin.powers import POWERS
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.pyth_adapter.accounts import Rules as PythRules
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, PriceFeed, RiskConfig
from offchain.chain.generated.switchboard_adapter.accounts import Rules as SwitchboardRules
from offchain.chain.instructions import risk_engine
from offchain.chain.instructions.admin import propose_admin
from offchain.chain.oracles.feed_ids import PYTH as PYTH_SOURCE
from offchain.chain.oracles.feed_ids import SWITCHBOARD, pyth_feed
from offchain.chain.seeds import derive
from offchain.chain.units import atoms
from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import load_project
from tests.commands.terminal import Terminal
from tests.stories.figures import assert_solvent, crash
from tests.support.keys import User, keypair
from tests.support.oracles import make_pull_feed, put
from tests.support.world import World

PYTH = "e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43"
NEXT = keypair("the next one").pubkey()
BOARD = keypair("switchboard account").pubkey()


@dataclass(frozen=True)
class Case:
    """One use of a power in a fresh world."""

    power: str
    signer: Callable[[World], User]
    arguments: Callable[[World], list[object]]
    holds: Callable[[World], bool]
    """Whether the chain shows the power's effect."""
    arrange: Callable[[World], None] = field(default=lambda world: None)
    """What has to happen before."""


def configs(world: World) -> dict[str, Any]:
    return {name: world.read(kind, world.at.derive(name, "config")) for name, kind in CONFIGS.items()}


def remove(world: World) -> None:
    world.send(risk_engine.remove_engine(world.admin.key, world.at.demo_market))


def announce(world: World) -> None:
    world.send(risk_engine.announce_change(world.admin.key, world.market.id, 960, 192, 250_000))
    world.go_to_epoch(world.epoch + world.parameters.change_epochs)


def earn_fees(world: World) -> None:
    """A claim of 10 000 leaves the treasury its part of the fee."""
    market = world.market
    market.cover("100000")
    trader = market.trader("20000")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    crash(world, market, "6400")
    market.claim(trader, nonce)
    assert market.pool().treasury_fees == atoms("2")


def propose(world: World) -> None:
    world.user(name="the next one")
    for program in GOVERNED:
        world.send(propose_admin(program, world.admin.key, NEXT))


def engine(world: World) -> AllowedEngine:
    return world.read(AllowedEngine, world.at.engine(world.at.demo_market))


def feed_is_open(world: World) -> bool:
    feed = world.read(PriceFeed, world.at.feed(pyth_feed(PYTH)))
    adapter = Pubkey.from_string(load_project().adapter_id("pyth"))
    return (feed.source, feed.writer) == (1, derive(adapter, ("writer", "feed_id"), feed.feed_id))


def open_oracles(world: World) -> None:
    for oracle in (PYTH_SOURCE, SWITCHBOARD):
        world.local.add_program(world.at.adapter(oracle), ARTIFACTS / "deploy" / f"{oracle}_adapter.so")
    put(world, BOARD, make_pull_feed(10**18, world.now, world.local.slot))


def second_is_named(world: World) -> bool:
    rules = read_rules(world, PythRules, PYTH_SOURCE, pyth_feed(PYTH))
    assert bytes(rules.feed_hash) == bytes([9]) * 32
    return (rules.has_second, rules.second, rules.min_samples) == (True, BOARD, 3)


def board_is_accepted(world: World) -> bool:
    rules = read_rules(world, SwitchboardRules, SWITCHBOARD, BOARD)
    assert bytes(rules.feed_hash) == bytes([9]) * 32
    return (rules.has_second, rules.second, rules.min_samples) == (True, pyth_feed(PYTH), 2)


def read_rules(world: World, kind: type[Any], oracle: str, feed: Pubkey) -> Any:
    address = world.at.feed_rules(oracle, feed)
    return decode_account(kind, world.chain.account(address), world.at.adapter(oracle), address)


def announced(world: World) -> bool:
    config = world.market.config()
    kept = (config.lock_epochs, config.notice_epochs, config.max_leverage) == (1344, 96, 1_000_000)
    coming = (config.next_lock, config.next_notice, config.next_max_leverage) == (1920, 96, 200_000)
    return kept and coming and config.change_pending and config.next_epoch == world.epoch + 672


def changed(world: World) -> bool:
    config, pool = world.market.config(), world.market.pool()
    terms = (config.lock_epochs, config.notice_epochs, config.max_leverage, config.terms_pushed)
    return terms == (960, 192, 250_000, 7) and (pool.lock_epochs, pool.notice_epochs) == (960, 192)


def collected(world: World) -> bool:
    assert_solvent(world.market)
    return world.balance(world.treasury) == atoms("2") and world.market.pool().treasury_fees == 0


def stopped(kind: type[Any], address: Pubkey) -> Callable[[World], bool]:
    def check(world: World) -> bool:
        config = world.read(kind, address)
        return (config.paused_until, config.pause_allowed_at) == (world.now + 259_200, world.now + 2_592_000)

    return check


CASES = (
    Case(
        "allow-engine",
        lambda w: w.admin,
        lambda w: ["--engine", w.at.insurance_pool],
        lambda w: w.read(AllowedEngine, w.at.engine(w.at.insurance_pool)).active,
    ),
    Case(
        "remove-engine",
        lambda w: w.admin,
        lambda w: ["--engine", w.at.demo_market],
        lambda w: not engine(w).active,
    ),
    Case(
        "restore-engine",
        lambda w: w.admin,
        lambda w: ["--engine", w.at.demo_market],
        lambda w: engine(w).active,
        remove,
    ),
    Case("open-feed", lambda w: w.admin, lambda w: ["--source", "pyth", "--feed", f"0x{PYTH}"], feed_is_open),
    Case(
        "set-pyth-rules",
        lambda w: w.admin,
        lambda w: ["--feed", f"0x{PYTH}", "--second", BOARD, "--min-samples", 3],
        second_is_named,
        open_oracles,
    ),
    Case(
        "set-switchboard-rules",
        lambda w: w.admin,
        lambda w: ["--feed", BOARD, "--second", PYTH],
        board_is_accepted,
        open_oracles,
    ),
    Case(
        "announce-change",
        lambda w: w.admin,
        lambda w: ["--market", w.market.id, "--lock", "20d", "--max-leverage", "20"],
        announced,
    ),
    Case("apply-change", lambda w: w.keeper, lambda w: ["--market", w.market.id], changed, announce),
    Case("stop-registrations", lambda w: w.guardian, lambda w: [], stopped(RiskConfig, LOCALNET.risk_config)),
    Case("stop-deposits", lambda w: w.guardian, lambda w: [], stopped(PoolConfig, LOCALNET.pool_config)),
    Case("collect-treasury", lambda w: w.treasury, lambda w: ["--market", w.market.id], collected, earn_fees),
    Case(
        "propose-admin",
        lambda w: w.admin,
        lambda w: ["--to", NEXT],
        lambda w: all(config.pending_admin == NEXT and config.admin == w.admin.key for config in configs(w).values()),
    ),
    Case(
        "accept-admin",
        lambda w: w.user(name="the next one"),
        lambda w: [],
        lambda w: all(config.admin == NEXT for config in configs(w).values()),
        propose,
    ),
    Case(
        "set-guardian",
        lambda w: w.admin,
        lambda w: ["--program", "insurance_pool", "--to", NEXT],
        lambda w: [name for name, config in configs(w).items() if config.guardian == NEXT] == ["insurance_pool"],
    ),
)


def test_every_power_has_a_case() -> None:
    assert [case.power for case in CASES] == [power.name for power in POWERS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.power)
def test_a_power_is_planned_applied_and_read_back(case: Case, world: World, terminal: Terminal, tmp_path: Path) -> None:
    case.arrange(world)
    signer, file = case.signer(world), tmp_path / "plan.json"
    plan = terminal.json("admin", "plan", case.power, *case.arguments(world), "--out", file, "--signer", signer.key)
    assert not _holds(case, world), "planning must change nothing"
    assert {found["address"] for found in plan["signers"]} == {str(signer.key)}
    assert plan["cannot"] and plan["timing"]["words"]

    assert terminal.json("admin", "check", file) == {"power": case.power, "state": "open", "differences": []}
    applied = terminal.send("admin", "apply", file, user=signer)
    assert case.holds(world)
    planned = {(f"{found['place']}.{found['field']}"): found["after"] for found in plan["changes"]}
    assert {found["field"]: found["after"] for found in applied["changes"]} == planned

    assert terminal.json("admin", "check", file)["state"] == "in force"
    repeated = terminal.refused("admin", "apply", file, "--yes", user=signer)
    assert repeated == f"percosec: nothing to send: {case.power} is in force already"


@pytest.mark.parametrize("case", [case for case in CASES if case.power != "apply-change"], ids=lambda case: case.power)
def test_nobody_else_can_use_a_power(case: Case, world: World, terminal: Terminal, tmp_path: Path) -> None:
    case.arrange(world)
    file, stranger = tmp_path / "plan.json", world.user(name="a stranger")
    terminal.json("admin", "plan", case.power, *case.arguments(world), "--out", file, user=stranger)
    complaint = terminal.refused("admin", "apply", file, "--yes", user=stranger)
    assert f"{case.power} takes the signature of the" in complaint
    assert str(case.signer(world).key) in complaint and str(stranger.key) in complaint
    assert not _holds(case, world)


def _holds(case: Case, world: World) -> bool:
    """False also where the account does not exist yet."""
    try:
        return case.holds(world)
    except Exception as error:
        assert "there is no" in str(error), error
        return False
