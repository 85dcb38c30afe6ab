"""Tells all other processes how this one's background jobs are doing."""

import asyncio
import os
import socket
from collections.abc import Sequence

from offchain.api.context import ApiContext
from offchain.monitoring.facts.jobs import remove_jobs, write_jobs
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.every import every
from offchain.monitoring.watcher.watcher import Watcher

PULSE_SECONDS = 5.0
"""Between two reports."""


class Pulse:
    """One for each process."""

    def __init__(self, context: ApiContext, watcher: Watcher, roles: Sequence[str]) -> None:
        """`watcher` is the one that runs everything here, this job too."""
        self.instance = instance_name(roles, context.settings.serve.port)
        self._database = context.database
        self._watcher = watcher
        self._beats = 0

    def duty(self) -> Duty:
        """For the watcher."""
        return Duty("pulse", self._run, self._status, 10 * PULSE_SECONDS, lambda: self._beats)

    async def _run(self, stop: asyncio.Event) -> None:
        await every("pulse", PULSE_SECONDS, self._beat).run(stop)
        await asyncio.to_thread(remove_jobs, self._database, self.instance)

    async def _beat(self) -> None:
        await asyncio.to_thread(write_jobs, self._database, self.instance, self._watcher.report())
        self._beats += 1

    def _status(self) -> dict[str, object]:
        late = int(self._watcher.loop_delay * 1_000)
        return {"instance": self.instance, "beats": self._beats, "loop_delay_ms": late}


def instance_name(roles: Sequence[str], port: int) -> str:
    """Of this process: the same after a restart, another one for another host, port or choice of roles."""
    host = os.environ.get("HOSTNAME") or socket.gethostname()
    return f"{host}:{port}/{'+'.join(roles)}"
