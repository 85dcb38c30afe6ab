"""The keeper on Solana's own test validator: real slots, real blockhashes, subscriptions and preflight."""

import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from offchain.chain.units import atoms
from offchain.database.database import open_database
from offchain.keeper.ledger import Ledger
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.validator import running_validator
from tests.conformance.legs import absence
from tests.stories.figures import assert_solvent
from tests.support.keeper_process import Process
from tests.support.market import Market
from tests.support.patience import PATIENCE
from tests.support.remote import RemoteWorld
from tests.support.world import World

EPOCH_SECONDS = 30
TICKS_PER_SLOT = 16


@pytest.fixture
def endpoints() -> Iterator[Endpoints]:
    """A validator with the programs on it."""
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    with running_validator(project_programs(), admin(), ticks_per_slot=TICKS_PER_SLOT) as found:
        yield found


@pytest.fixture
def world(endpoints: Endpoints) -> Iterator[World]:
    """A configured world on it."""
    found = RemoteWorld(endpoints.http, EPOCH_SECONDS)
    yield found
    found.close()


@pytest.fixture
def market(world: World) -> Market:
    """A covered market with a trader who is long with twenty coins."""
    world.push_price("8000")
    market = world.open_market(0)
    market.fund_house("100000")
    world.crank_epoch()
    market.cover("100000", name="validator lp")
    market.open(market.trader("20000", name="validator trader"), is_long=True, base="20", margin="10000")
    return market


def test_a_stranger_keeps_a_market_and_pays_its_claim(
    endpoints: Endpoints, world: World, market: Market, tmp_path: Path
) -> None:
    keeper = world.user(name="validator keeper")
    environment = {
        "PERCOSEC_CLUSTER": "localnet",
        "PERCOSEC_RPC": endpoints.http,
        "PERCOSEC_WS": endpoints.ws,
        "PERCOSEC_DATABASE": f"sqlite:///{tmp_path / 'keeper.db'}",
    }
    running = Process(tmp_path, keeper, environment)
    running.wait_for("started")
    world.go_to_epoch(world.epoch + 1)
    world.push_price("8000")
    running.wait_for("confirmed", "premiums")
    for _ in range(2):
        world.advance(seconds=20)
        world.push_price("6400")
    _until_paid(market)
    assert running.end(signal.SIGTERM) == 0
    with open_database(environment["PERCOSEC_DATABASE"]) as database:
        book = {total.duty: total for total in Ledger(database, keeper.key).totals()}
    assert world.balance(keeper) == sum(total.usdc for total in book.values()) > atoms("5")
    assert market.perp().open_positions == 0
    assert {"score", "premiums"} < set(book)
    assert [line for line in running.lines() if line["step"] == "error"] == []
    assert_solvent(market)


def _until_paid(market: Market) -> None:
    deadline = monotonic() + PATIENCE
    while market.registry().claims == 0 or market.registry().pending:
        assert monotonic() < deadline, "the claim was not paid"
        sleep(0.2)
