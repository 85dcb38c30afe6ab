"""What is listed so far: in memory, or on the disk when it is much."""

from collections.abc import Iterable

from offchain.indexer.ingest.backlog import Backlog
from offchain.indexer.ingest.listed import Listed, Listing

SPILL = 20_000
"""More than so many signatures are not held in memory."""


class Found:
    """Grows with each pass through the histories."""

    def __init__(self, programs: Iterable[str]) -> None:
        """`programs` are the names that entries may hold."""
        self._programs = list(programs)
        self.listing: Listing = {}
        """Empty when there is a backlog."""
        self.backlog: Backlog | None = None
        self.newest = -1
        """The last slot that was listed before this pass."""
        self.fresh: list[int] = []
        """Slots of what only this pass has listed."""

    def __len__(self) -> int:
        """Signatures."""
        return len(self.listing) if self.backlog is None else len(self.backlog)

    def begin(self) -> None:
        """A new pass."""
        if self.backlog is None:
            self.newest = max((entry.slot for entry in self.listing.values()), default=-1)
        else:
            self.newest = self.backlog.newest()
        self.fresh = []

    def merge(self, page: list[Listed], name: str) -> None:
        """Add a page of one program's history."""
        for entry in page:
            entry.programs.add(name)
        known = self.listing if self.backlog is None else self.backlog.known(page)
        # The first pass finds everything for the first time: nothing is to be learned from that.
        if self.newest >= 0:
            self.fresh += [entry.slot for entry in page if entry.signature not in known]
        if self.backlog is None:
            self._hold(page, name)
        else:
            self.backlog.put(page)

    def leave_later(self) -> None:
        """Forget what lies after all that earlier passes have listed."""
        if self.backlog is not None:
            self.backlog.drop_after(self.newest)
        self.listing = {one: entry for one, entry in self.listing.items() if entry.slot <= self.newest}

    def close(self) -> None:
        """Forget all."""
        if self.backlog is not None:
            self.backlog.close()

    def _hold(self, page: list[Listed], name: str) -> None:
        for entry in page:
            known = self.listing.setdefault(entry.signature, entry)
            known.programs.add(name)
            known.final = known.final or entry.final
            if known.slot != entry.slot:
                # It was in a slot that got dropped and has landed again: the next pass agrees with itself.
                known.slot, known.final = entry.slot, entry.final
        if len(self.listing) > SPILL:
            self.backlog = Backlog(self._programs)
            self.backlog.put(self.listing.values())
            self.listing = {}
