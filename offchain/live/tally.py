"""What a hub has done, for status page and metrics."""

from dataclasses import asdict, dataclass

from offchain.live.message import Message


@dataclass(slots=True)
class Tally:
    """Counts since the process began."""

    nudges: int = 0
    reads: int = 0
    read_ms: float = 0.0
    """The last reading of the database."""
    frames: int = 0
    bytes: int = 0
    joins: int = 0
    resumed: int = 0
    """Clients that came back and got what they had missed."""
    gaps: int = 0
    """Clients that came back too late for that."""
    rollbacks: int = 0
    healed: int = 0
    """Times that a lost nudge was made up for."""
    cut_off: int = 0
    """Clients that read too slowly."""
    failures: int = 0
    """Readings of the database that failed."""
    last_error: str = ""

    def sent(self, message: Message) -> None:
        """One frame to one client."""
        self.frames += 1
        self.bytes += len(message)

    def read(self, seconds: float) -> None:
        """One reading."""
        self.reads += 1
        self.read_ms = round(seconds * 1_000, 1)

    def failed(self, error: str) -> None:
        """A reading failed."""
        self.failures += 1
        self.last_error = error

    def joined(self, returning: bool, resumed: bool) -> None:
        """One subscription."""
        self.joins += 1
        self.resumed += resumed
        self.gaps += returning and not resumed

    def document(self) -> dict[str, object]:
        """All of it."""
        return asdict(self)
