"""`percosec audit`: a chain with its whole history follows from its events; one without does not."""

from collections.abc import Iterator

import pytest
from solders.account import Account

from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.localnet.server import serving
from tests.commands.terminal import Terminal
from tests.indexer.projections.lived import lived
from tests.support.world import World


@pytest.fixture
def world() -> World:
    """With the transactions that made it, a deposit, and a transaction that failed."""
    world = lived()
    world.market.cover("5000")
    with world.expect_error("E_MIN_DEPOSIT"):
        world.market.deposit(world.user(usdc="5"), "1")
    return world


@pytest.fixture
def url(world: World) -> Iterator[str]:
    """Its chain behind JSON-RPC."""
    with serving(world.local) as endpoints:
        yield endpoints.http


def test_a_chain_follows_from_its_events(world: World, terminal: Terminal) -> None:
    document = terminal.json("audit")
    assert document["ok"] is True
    assert document["mismatches"] == document["faults"] == []
    assert document["failed"] == 1
    assert document["events"] > document["transactions"] / 2 > 5
    assert document["accounts"]["InsurancePool"] == document["accounts"]["ProviderPosition"] == 1
    assert sum(document["accounts"].values()) == 16
    assert document["fields"] > 300
    text = terminal.text("audit")
    assert f"every one of {document['fields']} fields of 16 accounts follows from the events" in text
    assert "1 failed" in text


def test_an_account_that_does_not_follow_is_named(world: World, terminal: Terminal) -> None:
    pool = world.market.m.pool
    held = world.market.pool().available_balance
    world.edit(InsurancePool, pool, available_balance=held - 1)
    document = terminal.json("audit", code=1)
    assert document["ok"] is False
    assert document["mismatches"] == [
        {
            "kind": "InsurancePool",
            "address": str(pool),
            "field": "available_balance",
            "projected": str(held),
            "found": str(held - 1),
        }
    ]
    printed = terminal.run("audit")
    assert printed.code == 1
    place = f"InsurancePool {pool}, available_balance: the events say {held}, the chain holds {held - 1}"
    assert place in printed.out
    assert "1 difference found" in printed.out


def test_an_account_of_nobody_is_named(world: World, terminal: Terminal) -> None:
    stray = world.user().key
    world.local.set_account(stray, Account(10**9, b"12345678", world.at.insurance_pool))
    (found,) = terminal.json("audit", code=1)["mismatches"]
    assert (found["address"], found["field"]) == (str(stray), None)


def test_a_history_that_is_missing_is_told(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(World.fresh().local) as endpoints:
        monkeypatch.setenv("PERCOSEC_RPC", endpoints.http)
        document = terminal.json("audit", code=1)
        assert document["transactions"] == 0
        assert len(document["mismatches"]) == sum(document["accounts"].values()) > 10
        assert "mismatches" not in terminal.run("audit").err


def test_a_history_that_begins_late_is_told(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World.fresh()
    world.crank_epochs(3)
    with serving(world.local) as endpoints:
        monkeypatch.setenv("PERCOSEC_RPC", endpoints.http)
        document = terminal.json("audit", code=1)
        assert "no event created" in document["faults"][0]
        assert "more: --json has all" in terminal.run("audit").out


def test_without_a_node(terminal: Terminal) -> None:
    assert "127.0.0.1:9" in terminal.refused("audit", "--rpc", "http://127.0.0.1:9")
