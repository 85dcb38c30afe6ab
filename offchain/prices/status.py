"""What a running price service says about itself."""

from dataclasses import dataclass, field

from offchain.prices.quote import Quote
from offchain.prices.track import PairTrack


@dataclass(frozen=True)
class SourceStatus:
    """One source for one pair."""

    source: str
    state: str
    """`healthy` or `failing`."""
    in_use: bool
    price: int | None
    """Its last good price, 1e-6 USD."""
    last_good_ms: int | None
    last_error: str
    counts: dict[str, int]
    """Verdict -> how often since the start."""


@dataclass(frozen=True)
class PairStatus:
    """One pair."""

    pair: str
    price: Quote | None
    """The price in use, however old."""
    sources: tuple[SourceStatus, ...]


@dataclass(frozen=True)
class FeedStatus:
    """One feed of the price bot."""

    pair: str
    feed: str
    """Address, base58."""
    source: str
    """`publisher`, `pyth` or `switchboard`."""
    price: int
    """On chain, 1e-6 USD; 0 before the first one."""
    publish_time: int
    provisional: bool
    message: str
    """Why nothing is written, empty when all is well."""


@dataclass(frozen=True)
class BotStatus:
    """The price bot."""

    feeds: tuple[FeedStatus, ...]
    counts: dict[str, int]
    """`landed`, `unknown`, `RPC`, or a program's code such as E_PRICE_OLD -> how often."""


@dataclass(frozen=True)
class ServiceStatus:
    """The whole service."""

    running: bool
    rounds: int
    """Captures since the start."""
    last_round_ms: int | None
    """When the last one ended, this machine's unix milliseconds."""
    errors: dict[str, int]
    """Captures or pushes that failed as a whole: message -> how often."""
    pairs: tuple[PairStatus, ...]
    bot: BotStatus | None = None


@dataclass
class Errors:
    """Counts messages without growing for ever."""

    most: int = 20
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, error: BaseException) -> None:
        """Count an error by its message; beyond twenty different ones they are counted together."""
        message = f"{type(error).__name__}: {error}"[:200]
        if message not in self.counts and len(self.counts) >= self.most:
            message = "others"
        self.counts[message] = self.counts.get(message, 0) + 1


def pair_status(track: PairTrack) -> PairStatus:
    """A pair as it stands now."""
    return PairStatus(
        track.pair,
        track.used,
        tuple(
            SourceStatus(
                source=found.source,
                state=found.health.state,
                in_use=found.source == track.in_use,
                price=found.good.price if found.good else None,
                last_good_ms=found.good_ms,
                last_error=found.health.last_error,
                counts={verdict: count for (name, verdict), count in track.counts.items() if name == found.source},
            )
            for found in track.sources
        ),
    )
