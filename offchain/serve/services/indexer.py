"""The role `indexer`."""

import asyncio
from collections.abc import Callable, Sequence

from offchain.api.context import ApiContext
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.tables import TableProjections
from offchain.monitoring.watcher.duty import Duty, Status

STALE_SECONDS = 30.0


class IndexerService:
    """Follows the chain into the database."""

    def __init__(
        self,
        context: ApiContext,
        listeners: Sequence[Callable[[Indexer], None]] = (),
    ) -> None:
        """Each of `listeners` gets every indexer before it runs, to hear of commits and of what is taken back."""
        self.indexer: Indexer | None = None
        self._context = context
        self._listeners = listeners

    async def run(self, stop: asyncio.Event) -> None:
        """Index until `stop` is set."""
        made = self._context
        projections = TableProjections(made.at, made.parameters)
        self.indexer = Indexer(made.settings, made.database, made.at, projections)
        for listen in self._listeners:
            listen(self.indexer)
        await self.indexer.run(stop)

    def status(self) -> Status:
        """The indexer's own."""
        return self.indexer.status() if self.indexer else {}

    def duty(self) -> Duty:
        """For the watcher."""
        return Duty("indexer", self.run, self.status, STALE_SECONDS, self._progress)

    def _progress(self) -> object:
        return self.indexer.status()["rounds"] if self.indexer else 0
