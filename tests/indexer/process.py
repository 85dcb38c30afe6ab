"""An indexer in a process of its own, for tests that kill it: `python -m tests.indexer.process DATABASE HTTP WS`.

With `PHASE MARKER` as well it has projections, and stands still for ever where that phase comes for the second time
(the first for what happens once); then the file MARKER appears.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

import offchain.indexer.ingest.round as rounds
import offchain.indexer.projections.tables as tables
import offchain.indexer.store.store as store
from offchain.chain.addresses import LOCALNET
from offchain.database.database import open_database
from offchain.indexer.indexer import Indexer
from offchain.settings.project import load_project
from tests.indexer.conftest import settings

rounds.CHUNK = 10  # a short life takes several database transactions

Place = tuple[Any, str, bool, int]
"""Where, name of a function, whether the phase is after it, and which call."""
PHASES: dict[str, Place] = {
    "surveyed": (rounds, "survey", True, 1),
    "ordered": (rounds, "place", True, 1),
    "fetched": (rounds, "fetch_all", True, 2),
    "marks written": (store, "write_marks", True, 2),
    "rows inserted": (store, "insert_entries", True, 2),
    "projections begun": (tables.TableProjections, "apply", False, 2),
    "histories appended": (tables, "store", True, 2),
    "about to commit": (Session, "commit", False, 2),
    "committed": (Session, "commit", True, 2),
    "settling": (tables.TableProjections, "finalize", True, 1),
    "taking back": (tables.TableProjections, "roll_back", True, 1),
    "taken back": (store.Store, "roll_back", True, 1),
}
"""In the order of a round."""


def stand_still(phase: str, marker: Path) -> None:
    """Replace the function of a phase by one that never comes back."""
    where, name, after, number = PHASES[phase]
    plain: Callable[..., Any] = getattr(where, name)
    calls = 0

    def forever() -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            marker.touch()
            time.sleep(3_600)

    def stopping(*args: Any, **options: Any) -> Any:
        if not after:
            forever()
        found = plain(*args, **options)
        if asyncio.iscoroutine(found):
            return later(found)
        if after:
            forever()
        return found

    async def later(found: Any) -> Any:
        answer = await found
        forever()
        return answer

    setattr(where, name, stopping)


async def main(url: str, http: str, ws: str, phase: str = "", marker: str = "") -> None:
    projections = tables.TableProjections(LOCALNET, load_project().profile("development").parameters)
    if phase:
        stand_still(phase, Path(marker))
    with open_database(url) as database:
        made = Indexer(settings(http, ws, url), database, LOCALNET, projections if marker else None)
        await made.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
