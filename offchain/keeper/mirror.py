"""What the keeper knows of the chain: a directory kept up to date by subscriptions, polls and full readings.

Subscriptions only save time. The clock and every price feed are read each cycle, what the keeper itself has written is
read again at once, and everything is read again every minute.
"""

import asyncio
from collections.abc import Iterable
from time import monotonic

from solders.account import Account
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK

from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain, clock_time
from offchain.chain.backends.rpc import RpcError
from offchain.chain.directory import Directory, reload
from offchain.chain.oracles import sources as oracles
from offchain.keeper.journal import Journal
from offchain.keeper.waiting import wait_at_most
from offchain.keeper.watch import Watch

AGAIN_SECONDS = 1.0
UNSETTLED_SLOTS = 1
"""A node may answer with the slot that it still works on: what was heard of that slot is newer than such an answer."""
SHARE = 30
"""A full reading is at most one part in so many of a node's time."""


class Mirror:
    """The directory, and which of its markets have changed."""

    def __init__(
        self, chain: FailoverChain, ws_urls: list[str], at: Addresses, cluster: str, log: Journal, reload_seconds: int
    ) -> None:
        self.directory = Directory(at)
        self.readings: dict[Pubkey, oracles.Reading] = {}
        """Price feed -> what its oracle says now; feeds that no oracle stands behind are missing."""
        self.changed = asyncio.Event()
        """Set when `take_changed` has something to give."""
        self._chain = chain
        self._at = at
        self._cluster = cluster
        self._log = log
        self._pause = reload_seconds
        self._reload = asyncio.Event()
        self._dirty: set[Pubkey] = set()
        self.watch = Watch(ws_urls, at, self._put, self._reload.set)

    def take_changed(self) -> set[Pubkey]:
        """The markets that changed since the last call."""
        self.changed.clear()
        found, self._dirty = self._dirty, set()
        return found

    def touch(self, markets: Iterable[Pubkey]) -> None:
        """Look at these markets soon."""
        self._dirty.update(markets)
        if self._dirty:
            self.changed.set()

    async def now(self) -> int:
        """The chain's clock in unix seconds, and with it the newest prices of all feeds and their oracles; RpcError."""
        feeds = [feed for feed in self.directory.feeds if self.directory.on_feed(feed)]
        foreign = {
            feed: oracle for feed in feeds if (oracle := oracles.oracle_of(self.directory.feeds[feed], self._at))
        }
        behind = [
            key
            for feed, oracle in foreign.items()
            for key in oracles.accounts_of(self.directory.feeds[feed], oracle, self._at)
        ]
        slot, (clock, *accounts) = await self._chain.accounts_in_slot([CLOCK, *feeds, *behind])
        for feed, account in zip(feeds, accounts[: len(feeds)], strict=True):
            if account is not None:
                self._put(feed, account, slot - UNSETTLED_SLOTS)
        rest = iter(accounts[len(feeds) :])
        for feed, oracle in foreign.items():
            self._read_oracle(feed, oracle, next(rest), next(rest))
        return clock_time(clock)

    async def read(self, addresses: Iterable[Pubkey]) -> None:
        """Read these accounts again; when no node answers, everything is read again later."""
        wanted = list(addresses)
        try:
            slot, accounts = await self._chain.accounts_in_slot(wanted)
        except RpcError as error:
            self._log.note("error", message=str(error))
            self._reload.set()
            return
        for address, account in zip(wanted, accounts, strict=True):
            if account is not None:
                self._put(address, account, slot - UNSETTLED_SLOTS)

    async def read_all(self) -> None:
        """Read everything again; RpcError."""
        slot = await self._chain.slot() - UNSETTLED_SLOTS
        self.touch(await reload(self.directory, self._chain, slot))

    async def keep_reading(self) -> None:
        """Read everything now and then, and after each gap in the subscriptions; for ever.

        Where that takes long it is done less often, so that the node has time for everything else.
        """
        took = 0.0
        while True:
            await wait_at_most(self._reload, max(self._pause, took * SHARE))
            self._reload.clear()
            started = monotonic()
            try:
                await self.read_all()
            except RpcError as error:
                self._log.note("error", message=str(error))
                self._reload.set()
                await asyncio.sleep(AGAIN_SECONDS)
            took = monotonic() - started

    def _read_oracle(self, feed: Pubkey, oracle: str, own: Account | None, rules: Account | None) -> None:
        found = oracles.read(self.directory.feeds[feed], oracle, own, rules, self._at, self._cluster)
        if found is None:
            self.readings.pop(feed, None)
        else:
            self.readings[feed] = found

    def _put(self, address: Pubkey, account: Account, slot: int) -> None:
        self.touch(self.directory.put(address, account, slot))
