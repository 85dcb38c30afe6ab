"""How much memory the indexer holds while it goes on."""

from scripts.benches.indexer.contenders import resident

POINTS = 20


class Watch:
    """Notes the resident memory at evenly spread points."""

    def __init__(self, transactions: int) -> None:
        self._step = max(1, transactions // POINTS)
        self.points: list[tuple[int, int]] = []
        """Transactions stored so far, and bytes in memory then."""

    def note(self, done: int) -> None:
        """After a batch."""
        if done >= self._step * (len(self.points) + 1):
            self.points.append((done, resident()))
