"""`Analytics`: answers the charts' questions for one process, each at most every few seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from offchain.analytics.connection import ReadOnly
from offchain.analytics.errors import AnalyticsError
from offchain.analytics.queries.slow import SLOW
from offchain.analytics.query import DAY, Query
from offchain.analytics.timings import Timings
from offchain.api.context import ApiContext

FRESH_SECONDS = 10.0
"""An answer this old is given again: looking at the page costs the database no more than so often."""
MOST_KEPT = 64
MOST_TIMINGS = 30


@dataclass(frozen=True)
class Found:
    """What a chart shows."""

    query: Query
    rows: list[dict[str, Any]]
    error: str = ""
    """Why there are no rows, for people; empty when all went well."""
    own: bool = False
    """Measured by this process: no SQL tells it."""


class Analytics:
    """Made once for an app; threads share it."""

    def __init__(self, context: ApiContext) -> None:
        """Nothing is connected before the first question."""
        self.timings = Timings()
        self.context = context
        self._database = ReadOnly(context.database.url)
        self.timings.listen(self._database.engine)
        self._kept: dict[tuple[str, int], tuple[float, Found]] = {}
        self._lock = Lock()

    def values(self, days: int) -> dict[str, int]:
        """The statements' parameters; 0 days are all."""
        since = self.context.now() - days * DAY if days else 0
        return {"since": since, "sol_price": self.context.settings.keeper.sol_price}

    def ask(self, query: Query, days: int) -> Found:
        """The rows of one chart, possibly some seconds old."""
        key = query.name, days
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and monotonic() < kept[0] + FRESH_SECONDS:
                return kept[1]
        found = self._slow() if query is SLOW else self._asked(query, self.values(days))
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = monotonic(), found
        return found

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def _asked(self, query: Query, values: Mapping[str, int]) -> Found:
        wanted = {name: values[name] for name in query.parameters}
        try:
            return Found(query, self._database.rows(query.sql, wanted))
        except AnalyticsError as error:
            return Found(query, [], str(error))

    def _slow(self) -> Found:
        if self._database.is_postgres:
            found = self._asked(SLOW, {})
            if not found.error:
                return found
        return Found(SLOW, self.timings.rows(MOST_TIMINGS), own=True)
