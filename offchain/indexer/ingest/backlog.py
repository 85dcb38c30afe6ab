"""A long history that is still to be read: its signatures lie on the disk, as a node lists the newest first.

What is stored begins with the oldest, so the whole list has to be there before the first transaction is; in memory it
would grow with the chain.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from offchain.indexer.ingest.listed import Listed

_AT_ONCE = 500
"""Signatures in one query."""


class Window(NamedTuple):
    """The oldest part of it."""

    entries: list[Listed]
    """By slot; no slot is torn apart."""
    final: int
    """Everything up to this slot is among them."""


class Backlog:
    """A private database without a name, which the system removes when it is closed or this process dies."""

    def __init__(self, programs: Sequence[str]) -> None:
        """`programs` are the names that entries may hold."""
        self._bits = {name: 1 << number for number, name in enumerate(programs)}
        self._disk = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._disk.execute(
            "CREATE TABLE listed (signature TEXT PRIMARY KEY, slot INT, final INT, programs INT) WITHOUT ROWID"
        )
        self._disk.execute("CREATE INDEX by_slot ON listed (slot)")

    def __len__(self) -> int:
        """Signatures in it."""
        return int(self._disk.execute("SELECT count(*) FROM listed").fetchone()[0])

    def known(self, page: Sequence[Listed]) -> set[str]:
        """Which signatures of a page are in it."""
        marks = ", ".join("?" * len(page))
        query = f"SELECT signature FROM listed WHERE signature IN ({marks})"  # noqa: S608  # question marks only
        return {row[0] for row in self._disk.execute(query, [one.signature for one in page])}

    def among(self, signatures: Sequence[str]) -> dict[str, Listed]:
        """Those of the signatures that are in it."""
        found: dict[str, Listed] = {}
        for start in range(0, len(signatures), _AT_ONCE):
            part = signatures[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            query = f"SELECT * FROM listed WHERE signature IN ({marks})"  # noqa: S608  # question marks only
            found.update((row[0], self._read(*row)) for row in self._disk.execute(query, part))
        return found

    def newest(self) -> int:
        """The last slot; -1 when it is empty."""
        found = self._disk.execute("SELECT max(slot) FROM listed").fetchone()[0]
        return -1 if found is None else int(found)

    def put(self, entries: Iterable[Listed]) -> None:
        """Add them, or to what is known of them. One in another slot than before has landed again."""
        self._disk.execute("BEGIN")
        self._disk.executemany(
            "INSERT INTO listed VALUES (?, ?, ?, ?) ON CONFLICT (signature) DO UPDATE SET "
            "final = CASE WHEN slot = excluded.slot THEN max(final, excluded.final) ELSE excluded.final END, "
            "slot = excluded.slot, programs = programs | excluded.programs",
            [(one.signature, one.slot, one.final, sum(map(self._bits.__getitem__, one.programs))) for one in entries],
        )
        self._disk.execute("COMMIT")

    def final(self, final: int) -> int:
        """`final`, or less where something is not finalized that lies before it."""
        unfinal = self._disk.execute("SELECT min(slot) FROM listed WHERE NOT final").fetchone()[0]
        return final if unfinal is None else min(final, int(unfinal) - 1)

    def window(self, count: int, final: int) -> Window:
        """About so many of the oldest, up to slot `final`."""
        query = "SELECT max(slot) FROM (SELECT slot FROM listed WHERE slot <= ? ORDER BY slot LIMIT ?)"
        last = self._disk.execute(query, (final, count)).fetchone()[0]
        if last is None:
            return Window([], final)
        rows = self._disk.execute("SELECT * FROM listed WHERE slot <= ? ORDER BY slot", (last,)).fetchall()
        return Window([self._read(*row) for row in rows], int(last))

    def drop(self, slot: int) -> None:
        """Forget what lies up to this slot: it is stored."""
        self._disk.execute("DELETE FROM listed WHERE slot <= ?", (slot,))

    def drop_after(self, slot: int) -> None:
        """Forget what lies after this slot."""
        self._disk.execute("DELETE FROM listed WHERE slot > ?", (slot,))

    def close(self) -> None:
        """Remove it."""
        self._disk.close()

    def _read(self, signature: str, slot: int, final: int, programs: int) -> Listed:
        return Listed(signature, slot, bool(final), {name for name, bit in self._bits.items() if programs & bit})
