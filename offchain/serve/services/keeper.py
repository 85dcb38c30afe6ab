"""The role `keeper`."""

import asyncio
from typing import TextIO

from solders.keypair import Keypair

from offchain.api.context import ApiContext
from offchain.keeper.journal import Journal
from offchain.keeper.keeper import Keeper
from offchain.monitoring.watcher.duty import Duty, Status
from offchain.serve.pace import paced
from offchain.serve.wallets import fund
from offchain.settings.safety import LOCALNET

STALE_SECONDS = 60.0


class KeeperService:
    """Does every duty of every market with one key."""

    def __init__(self, context: ApiContext, keypair: Keypair, log: TextIO) -> None:
        """`log` gets the keeper's steps, one line of JSON each."""
        self.keeper: Keeper | None = None
        self._context = context
        self._keypair = keypair
        self._log = log

    async def run(self, stop: asyncio.Event) -> None:
        """Keep until `stop` is set."""
        made = self._context
        settings = await paced(made.settings)
        if settings.cluster == LOCALNET:
            await asyncio.to_thread(fund, settings.rpc_urls[0], [self._keypair.pubkey()])
        self.keeper = Keeper(settings, made.project, made.at, self._keypair, made.database, Journal(self._log))
        await self.keeper.run(stop)

    def status(self) -> Status:
        """The keeper's own."""
        return self.keeper.status() if self.keeper else {}

    def duty(self) -> Duty:
        """For the watcher."""
        return Duty("keeper", self.run, self.status, STALE_SECONDS, self._progress)

    def _progress(self) -> object:
        return self.keeper.workers.cycle if self.keeper else 0
