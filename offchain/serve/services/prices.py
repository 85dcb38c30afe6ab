"""The role `prices`: capture, and the bot that writes the feeds."""

import asyncio
from dataclasses import asdict

from offchain.api.context import ApiContext
from offchain.monitoring.watcher.duty import Duty, Status
from offchain.prices.running import Keys, running_prices
from offchain.prices.service import PriceService
from offchain.serve.pace import paced
from offchain.serve.wallets import fund
from offchain.settings.safety import LOCALNET

STALE_SECONDS = 15.0


class PricesService:
    """Captures into the database."""

    def __init__(self, context: ApiContext, keys: Keys | None) -> None:
        """Without `keys` no feed is written."""
        self.service: PriceService | None = None
        self._context = context
        self._keys = keys

    async def run(self, stop: asyncio.Event) -> None:
        """Capture until `stop` is set."""
        made = self._context
        settings = await paced(made.settings)
        if settings.cluster == LOCALNET and self._keys is not None:
            await asyncio.to_thread(fund, settings.rpc_urls[0], [self._keys.payer.pubkey()])
        running = running_prices(settings, made.project, made.parameters, made.at, made.database, self._keys)
        async with running as self.service:
            await stop.wait()

    def status(self) -> Status:
        """The price service's own."""
        own = asdict(self.service.status()) if self.service else {}
        return {"writes_feeds": self._keys is not None, **own}

    def duty(self) -> Duty:
        """For the watcher."""
        return Duty("prices", self.run, self.status, STALE_SECONDS, self._progress)

    def _progress(self) -> object:
        return self.service.status().rounds if self.service else 0
