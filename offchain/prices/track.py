"""What is remembered about each source and pair between two captures."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from offchain.prices.health import Health
from offchain.prices.quote import Quote
from offchain.prices.sources.base import Source
from offchain.prices.verdict import Held
from offchain.settings.prices import PriceSettings


@dataclass
class Track:
    """One source for one pair."""

    source: str
    place: int
    """Order of preference, 0 first."""
    health: Health
    is_live: bool = True
    """See `Source.is_live`."""
    last: Quote | None = None
    """The last quote, whatever it was worth."""
    good: Quote | None = None
    """The last good one."""
    good_ms: int | None = None
    """When it arrived, unix milliseconds."""
    held: Held | None = None


@dataclass
class PairTrack:
    """One pair and its sources in order of preference."""

    pair: str
    sources: list[Track]
    in_use: str | None = None
    """The source whose price counts."""
    used: Quote | None = None
    """The pair's price."""
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    """(source, verdict) -> how often since the start."""

    def reference(self, now: int, settings: PriceSettings) -> int | None:
        """The last price, while it is recent enough to measure the next one by."""
        if self.used is None or self.used.publish_time + settings.wild_window < now:
            return None
        return self.used.price

    def choose(self, now: int, settings: PriceSettings) -> str | None:
        """The source to use: the first healthy one with a fresh price, or the first with a fresh price at all."""
        fresh = [track for track in self.sources if track.good and track.good.publish_time + settings.max_age >= now]
        healthy = [track for track in fresh if track.health.is_healthy]
        return next((track.source for track in [*healthy, *fresh]), None)


def new_track(pair: str, sources: Sequence[Source], settings: PriceSettings) -> PairTrack:
    """Nothing known yet."""
    tracks = [
        Track(source.name, place, Health(settings.fail_after, settings.heal_after), source.is_live)
        for place, source in enumerate(sources)
    ]
    return PairTrack(pair, tracks)
