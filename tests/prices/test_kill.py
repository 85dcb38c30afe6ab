"""`percosec prices run` killed without warning, again and again: candles equal the quotes, no price goes out twice."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import text
from sqlmodel import select

from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.instructions import risk_engine
from offchain.chain.keys import dev_key
from offchain.chain.oracles.feed_ids import publisher_feed
from offchain.database.database import Database, open_database
from offchain.database.tables.price_push import PricePush
from offchain.localnet.server import serving
from offchain.prices.candles import INTERVALS
from tests.prices.test_candles import FROM_SCRATCH
from tests.support.patience import PATIENCE
from tests.support.world import World

KILLS = 3
ROUNDS_PER_LIFE = 12
DEADLINE = 2 * PATIENCE


def test_a_killed_process_leaves_nothing_half_done(world: World, tmp_path: Path) -> None:
    publisher = dev_key("publisher").pubkey()
    world.send(risk_engine.open_feed(world.admin.key, publisher_feed("BTC/USD"), 0, publisher))
    world.local.airdrop(publisher, 10**10)
    url = f"sqlite:///{tmp_path / 'prices.db'}"
    with open_database(url) as database, serving(world.local) as endpoints:
        environment = {
            **os.environ,
            "PERCOSEC_DATABASE": url,
            "PERCOSEC_RPC": endpoints.http,
            "PERCOSEC_PRICES_CAPTURE_MS": "100",
            "PERCOSEC_PRICES_TIMEOUT_MS": "100",
            "PERCOSEC_PRICES_SPEED": "900",
        }
        for _ in range(KILLS):
            _live_and_die(world, database, environment)
        _assert_candles(database)
        landed = Counter(record.err is None for record in world.local.transactions_of(publisher))
        with database.reading() as session:
            pushes = session.exec(select(PricePush)).all()
    assert len({push.publish_time for push in pushes}) == len(pushes)
    written = world.read(PriceFeed, world.at.feed(publisher_feed("BTC/USD"))).updates
    told = Counter(push.state for push in pushes)
    assert written >= KILLS, "every life wrote something"
    # Each landed price is in the ledger once; of one in flight at each kill the ledger may not know the end.
    assert told["landed"] <= written <= told["landed"] + told["unknown"] + told["sending"]
    assert landed[True] == written + 1, "the airdrop, and each price in one transaction"
    assert landed[False] == 0, "nothing was sent in vain"


def _live_and_die(world: World, database: Database, environment: dict[str, str]) -> None:
    before = _quotes(database)
    process = subprocess.Popen(
        [sys.executable, "-m", "offchain.cli", "prices", "run"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + DEADLINE
        while _quotes(database) < before + ROUNDS_PER_LIFE:
            assert process.poll() is None, "it ended by itself"
            assert time.monotonic() < deadline, f"{_quotes(database) - before} quotes only"
            world.local.advance(1)
            time.sleep(0.11)
    finally:
        process.kill()
        process.wait()


def _quotes(database: Database) -> int:
    with database.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM price_quote")).scalar_one())


def _assert_candles(database: Database) -> None:
    kept = 'SELECT start, open, high, low, "close", quotes FROM price_candle WHERE seconds = :seconds ORDER BY start'
    with database.reading() as session:
        for seconds in INTERVALS.values():
            values = {"seconds": seconds, "pair": "BTC/USD"}
            found = session.execute(text(kept), values).all()
            assert found
            assert found == session.execute(text(FROM_SCRATCH), values).all()
