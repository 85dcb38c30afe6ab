"""The keepers of a run: started together, watched, and the first one killed and started again where asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benches.errors import BenchError
from scripts.benches.march.keepers import Keeper
from scripts.benches.march.points import Points


@dataclass(frozen=True)
class Kills:
    """How the first keeper is killed: at each point of its log once, as it comes to it."""

    duties: tuple[str, ...] = ()
    """Only at points of these duties; empty for all."""
    every_job: bool = False
    """For duties that move deficits: at the points of each of their jobs, not once for all of them."""
    restart: bool = True
    """Start it again after each; without that the second keeper takes over after the first kill."""


class Fleet:
    """All keepers of a run."""

    def __init__(self, keepers: Sequence[Keeper], kills: Kills | None) -> None:
        if kills is not None and not keepers:
            raise BenchError("there is no keeper to kill: name one")
        if kills is not None and not kills.restart and len(keepers) < 2:
            raise BenchError("a keeper that is not started again needs a second one that takes over")
        self._keepers = keepers
        self._kills = kills
        self._points: Path | None = None

    def start(self) -> None:
        """Start every keeper, the first one armed if it is to be killed."""
        for place, keeper in enumerate(self._keepers):
            if place == 0 and self._kills is not None:
                self._points = keeper.folder / f"{keeper.name}.points"
                Points.begin(self._points, self._kills.every_job, self._kills.duties)
            keeper.start(self._points if place == 0 else None)

    def watch(self) -> bool:
        """Start a killed keeper again, and say whether there was one; BenchError says why one has ended by itself."""
        started = False
        for keeper in self._keepers:
            if not keeper.died():
                continue
            if self._points is None or keeper is not self._keepers[0]:
                raise BenchError(f"keeper {keeper.name} was killed by somebody else")
            keeper.kills[:] = Points(self._points).hit
            if self._kills is not None and self._kills.restart:
                keeper.start(self._points)
                started = True
        return started

    def stop(self) -> None:
        """Let everyone finish; a keeper that is killed while it drains is started again, to complete its book."""
        self.watch()
        for keeper in self._keepers:
            while keeper.stop() != 0:
                self.watch()
                if keeper.process is not None and keeper.process.poll() is not None:
                    break

    def kill(self) -> None:
        """End everything at once."""
        for keeper in self._keepers:
            keeper.kill()
