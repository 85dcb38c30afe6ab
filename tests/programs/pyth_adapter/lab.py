"""A feed that the Pyth adapter writes, and Pyth's account of it."""

from __future__ import annotations

from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.oracles import pyth
from offchain.chain.oracles.feed_ids import PYTH
from tests.support.keys import User, keypair
from tests.support.oracles import changed, feed_of, genuine, make_pull_feed, open_feed, put, world_at
from tests.support.sent import Sent
from tests.support.world import World

AGE = 30
"""Seconds between the genuine update and the clock of a fresh lab."""
SECOND = keypair("second opinion").pubkey()
ATOMS = 10**12
"""Switchboard's 1e-18 USD in one 1e-6 USD."""


class PythLab:
    """The genuine SOL/USD update on a chain whose clock stands half a minute after it."""

    def __init__(self) -> None:
        self.update, self.account = genuine("pyth_sol_usd")
        self.genuine = pyth.read_update(self.account.data)
        self.feed_id = self.genuine.feed_id
        self.world: World = world_at(self.genuine.publish_time + AGE)
        self.stranger: User = self.world.user(name="passer-by")
        open_feed(self.world, PYTH, self.feed_id)
        self.write()

    def write(self, account: Account | None = None, **fields: Any) -> None:
        """Let Pyth's account hold the genuine update with some fields changed, or another account altogether."""
        put(self.world, self.update, account or changed(self.account, **fields))

    def post(self, second: Pubkey | None = None) -> Sent:
        """A passer-by brings the price."""
        return self.world.send(pyth.crank(self.stranger.key, self.feed_id, self.update, second))

    def feed(self) -> PriceFeed:
        """The risk engine's feed."""
        return feed_of(self.world)

    def write_second(self, micro: int, **fields: Any) -> None:
        """Let Switchboard's account hold this price in 1e-6 USD, of this moment."""
        blank = make_pull_feed(micro * ATOMS, self.world.now, self.world.local.slot)
        put(self.world, SECOND, changed(blank, **fields))

    def need_second(self, min_samples: int = 2) -> Sent:
        """The admin asks for a second opinion."""
        admin = self.world.admin.key
        return self.world.send(pyth.set_rules(admin, self.feed_id, SECOND, min_samples))
