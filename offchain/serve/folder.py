"""The folder of a server: its local chain's state, its database, its log; one process at a time."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from offchain.serve.errors import ServeError

_SQLITE_ENDINGS = ("", "-wal", "-shm", "-journal")


class Folder:
    """Where what lies."""

    def __init__(self, path: Path) -> None:
        """Nothing is made here."""
        self.path = path
        self.chain = path / "chain.sqlite"
        """The local chain's state."""
        self.database = path / "percosec.db"
        self.log = path / "serve.log"
        self.chain_log = path / "chain.log"
        self._lock = path / "lock"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other servers out until the block ends, however it ends; ServeError when one is in there."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            opened = self._lock.open("w")
        except OSError as error:
            raise ServeError(f"{self.path} can't be written ({error.strerror}): choose another --data") from error
        with opened:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ServeError(
                    f"another percosec serve uses {self.path}: stop it, or choose another folder with --data"
                ) from None
            yield

    def clear(self) -> None:
        """Forget chain and database."""
        for start in (self.chain, self.database):
            for ending in _SQLITE_ENDINGS:
                start.with_name(start.name + ending).unlink(missing_ok=True)


def folder_of(named: str, environment: Mapping[str, str] = os.environ) -> Folder:
    """The folder named, or `percosec/serve` in the user's data folder."""
    if named:
        return Folder(Path(named).expanduser().absolute())
    chosen = environment.get("XDG_DATA_HOME")
    home = Path(chosen) if chosen else Path.home() / ".local" / "share"
    return Folder(home / "percosec" / "serve")
