"""A feed that the Switchboard adapter writes, and Switchboard's account of it."""

from __future__ import annotations

from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.oracles import switchboard
from offchain.chain.oracles.feed_ids import SWITCHBOARD
from tests.support.keys import User, keypair
from tests.support.oracles import changed, feed_of, genuine, make_update, open_feed, put, world_at
from tests.support.sent import Sent
from tests.support.world import World

AGE = 5
"""Seconds between the genuine update and the clock of a fresh lab."""
LANDED = 59
"""Slots between the answers and the block that the genuine update landed in."""
SETUP = 20
"""Fewer transactions than this set the world up; each takes a slot."""
SECOND = keypair("second opinion of pyth").pubkey()
SECOND_FEED = keypair("pyth feed id").pubkey()


class SwitchboardLab:
    """The genuine mTBILL/USD feed on a chain whose clock and slot are those of its last update."""

    def __init__(self) -> None:
        self.feed_id, account = genuine("switchboard_mtbill_usd")
        self.account = changed(account, owner=switchboard.program())
        self.genuine = switchboard.read_feed(account.data)
        self.world: World = world_at(self.genuine.last_update + AGE, self.genuine.max_slot + LANDED - SETUP)
        self.stranger: User = self.world.user(name="passer-by")
        open_feed(self.world, SWITCHBOARD, self.feed_id)
        self.write()

    def write(self, account: Account | None = None, **fields: Any) -> None:
        """Let Switchboard's account hold the genuine feed with some fields changed, or another account altogether."""
        put(self.world, self.feed_id, account or changed(self.account, **fields))

    def accept(self, min_samples: int = 2, second: Pubkey | None = None) -> Sent:
        """The admin accepts the feed as it is."""
        return self.world.send(switchboard.set_rules(self.world.admin.key, self.feed_id, min_samples, second))

    def post(self, second: Pubkey | None = None) -> Sent:
        """A passer-by brings the price."""
        return self.world.send(switchboard.crank(self.stranger.key, self.feed_id, second))

    def feed(self) -> PriceFeed:
        """The risk engine's feed."""
        return feed_of(self.world)

    def write_second(self, micro: int, **fields: Any) -> None:
        """Let a Pyth update hold this price in 1e-6 USD, of this moment."""
        blank = make_update(SECOND_FEED, micro, self.world.now, exponent=-6)
        put(self.world, SECOND, changed(blank, **fields))
