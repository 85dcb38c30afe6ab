"""open_market, open_score, open_inputs, open_window: blanks that hold nothing but the market's id."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.events.generated.risk_engine import BlankOpened
from offchain.chain.generated.risk_engine.accounts import MarketConfig, MarketInputs, RiskScore, RiskWindow
from tests.programs.risk_engine.lab import Lab
from tests.support.keys import keypair
from tests.support.sent import Sent
from tests.support.world import World

MARKET = keypair("some market").pubkey()
KINDS = {
    "market": ("market_config", MarketConfig, "config", 0),
    "score": ("score", RiskScore, "score", 1),
    "inputs": ("inputs", MarketInputs, "inputs", 2),
    "window": ("window", RiskWindow, "window", 3),
}


def address(world: World, name: str) -> Pubkey:
    found: Pubkey = getattr(world.at.market(MARKET), KINDS[name][2])
    return found


def open_blank(world: World, lab: Lab, name: str) -> Sent:
    return lab.send(f"open_{name}", {"market_id": MARKET}, **{KINDS[name][0]: address(world, name)})


@pytest.mark.parametrize("name", KINDS)
def test_holds_only_the_market_id(world: World, lab: Lab, name: str) -> None:
    sent = open_blank(world, lab, name)
    _, kind, _, number = KINDS[name]
    account: object = world.read(kind, address(world, name))
    stored = vars(account)
    assert stored["market_id"] == MARKET
    rest = {key: value for key, value in stored.items() if key not in ("market_id", "bump")}
    for key, value in rest.items():
        items = value if isinstance(value, list) else [value]
        assert all(item in (0, False, Pubkey.default()) for item in items), key
    event = sent.event(BlankOpened)
    assert (event.market_id, event.actor, event.kind) == (MARKET, world.keeper.key, number)
    assert (event.epoch, event.slot) == (world.epoch, sent.slot)


@pytest.mark.parametrize("name", KINDS)
def test_is_never_opened_twice(world: World, lab: Lab, name: str) -> None:
    open_blank(world, lab, name)
    world.advance(seconds=1)
    with world.expect_error("ACCOUNT_EXISTS"):
        open_blank(world, lab, name)


def test_no_market_is_opened_while_registrations_are_stopped(world: World, lab: Lab) -> None:
    lab.send("stop_registrations")
    with world.expect_error("E_PAUSED"):
        open_blank(world, lab, "market")
    world.advance(seconds=259_199)
    with world.expect_error("E_PAUSED"):
        open_blank(world, lab, "market")
    world.advance(seconds=1)
    open_blank(world, lab, "market")


@pytest.mark.parametrize("name", KINDS)
def test_compute_units(world: World, lab: Lab, name: str) -> None:
    # the window is the largest account (1.4 KB); the address of any market may need several derivation steps
    assert open_blank(world, lab, name).units <= 40_000
