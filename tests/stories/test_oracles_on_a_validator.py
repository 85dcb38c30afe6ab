"""Both adapters on Solana's own test validator: the same bytecode, the same refusals, prices in the feeds."""

from collections.abc import Iterator
from pathlib import Path
from time import time

import pytest

from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SWITCHBOARD
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.validator import running_validator
from tests.conformance.legs import absence
from tests.support.keys import keypair
from tests.support.oracles import changed, dump, feed_of, genuine, make_update, open_feed
from tests.support.remote import RemoteWorld

EPOCH_SECONDS = 900
FRESH = keypair("a fresh update").pubkey()
"""Where the receiver would have written a price of this moment."""
SLOT = 4
"""For which the oracles of the Switchboard feed answered: 150 slots later, after a minute, that is too long ago."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RemoteWorld]:
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    sol, update = genuine("pyth_sol_usd")
    feed_id, pull_feed = genuine("switchboard_mtbill_usd")
    now = int(time())
    fresh = make_update(pyth.read_update(update.data).feed_id, 10_900_000_000, now)
    board = changed(pull_feed, owner=switchboard.program(), last_update=now, min_slot=SLOT, max_slot=SLOT)
    found = {sol: update, FRESH: fresh, feed_id: board}
    accounts = {key: dump(tmp_path / f"{key}.json", key, account) for key, account in found.items()}
    with running_validator(project_programs(), admin(), accounts=accounts) as endpoints:
        world = RemoteWorld(endpoints.http, EPOCH_SECONDS)
        yield world
        world.close()


def test_both_adapters(world: RemoteWorld) -> None:
    stranger = world.user(name="stranger")
    sol, update = genuine("pyth_sol_usd")
    feed_id = pyth.read_update(update.data).feed_id
    open_feed(world, PYTH, feed_id)
    with world.expect_error("E_PRICE_STALE"):
        world.send(pyth.crank(stranger.key, feed_id, sol))
    assert world.send(pyth.crank(stranger.key, feed_id, FRESH)).units <= 20_000
    assert (feed_of(world).price, feed_of(world).updates) == (109 * 10**6, 1)
    with world.expect_error("E_PRICE_OLD"):
        world.send(pyth.crank(stranger.key, feed_id, FRESH))
    with world.expect_error("E_ORACLE"):
        world.send(pyth.crank(stranger.key, feed_id, stranger.token))

    board, _ = genuine("switchboard_mtbill_usd")
    open_feed(world, SWITCHBOARD, board)
    with world.expect_error("E_RULES"):
        world.send(switchboard.crank(stranger.key, board))
    world.send(switchboard.set_rules(world.admin.key, board))
    assert world.send(switchboard.crank(stranger.key, board)).units <= 24_000
    assert feed_of(world).price == 1_011_997
