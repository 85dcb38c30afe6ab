"""One capture: ask every source at once, judge what they say, and choose each pair's price."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from offchain.prices.errors import SourceError
from offchain.prices.health import Rest
from offchain.prices.quote import Quote
from offchain.prices.sources.base import Source
from offchain.prices.track import PairTrack, Track, new_track
from offchain.prices.verdict import (
    GOOD,
    MISSING,
    REPEAT,
    SPARE,
    USED,
    WILD,
    holding,
    is_wild,
    plain_verdict,
)
from offchain.settings.prices import PriceSettings


@dataclass(frozen=True, slots=True)
class Judged:
    """A quote with its verdict."""

    quote: Quote
    verdict: str


@dataclass
class Round:
    """What one capture brought."""

    now_ms: int
    quotes: list[Judged] = field(default_factory=list)
    """To be stored: everything that was not said before."""
    tally: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """(source, pair, verdict) -> how often."""

    def count(self, track: PairTrack, source: str, verdict: str) -> None:
        """Count a verdict here and for the pair."""
        key = (source, track.pair, verdict)
        self.tally[key] = self.tally.get(key, 0) + 1
        track.counts[source, verdict] = track.counts.get((source, verdict), 0) + 1


Answers = dict[str, dict[str, Quote] | SourceError]
"""Source -> its quotes by pair, or why there are none. Sources that were left alone are absent."""


class Capture:
    """Keeps what has to be remembered from one capture to the next."""

    def __init__(self, sources: Sequence[Source], settings: PriceSettings) -> None:
        """`sources`: the preferred one first."""
        self.sources = list(sources)
        self._settings = settings
        self._rests = {source.name: Rest(settings.fail_after) for source in sources}
        pairs = dict.fromkeys(pair for source in sources for pair in source.pairs)
        self.pairs = {
            pair: new_track(pair, [source for source in sources if pair in source.pairs], settings) for pair in pairs
        }

    def resume(self, last: Quote, now: int) -> None:
        """Take up a pair where an earlier run left it, if that was a moment ago (`now`, unix seconds)."""
        track = self.pairs.get(last.pair)
        if track is not None and abs(now - last.publish_time) <= self._settings.wild_window:
            track.used = last

    async def round(self, now_ms: int) -> Round:
        """Ask, judge and choose; never fails."""
        answers = await self._ask(now_ms)
        done = Round(now_ms)
        for track in self.pairs.values():
            self._judge(track, answers, done)
        return done

    async def close(self) -> None:
        """Close every source."""
        for source in self.sources:
            await source.close()

    async def _ask(self, now_ms: int) -> Answers:
        due = [source for source in self.sources if self._rests[source.name].is_due()]
        found = await asyncio.gather(*(self._quotes(source, now_ms) for source in due))
        answers: Answers = {}
        for source, answer in zip(due, found, strict=True):
            answers[source.name] = answer
            if isinstance(answer, SourceError):
                rounds = answer.wait_seconds * 1_000 // self._settings.capture_ms
                self._rests[source.name].failed(rounds)
            else:
                self._rests[source.name].answered()
        return answers

    async def _quotes(self, source: Source, now_ms: int) -> dict[str, Quote] | SourceError:
        try:
            # httpx bounds each read; a server that drips must not hold the others up either.
            async with asyncio.timeout(self._settings.timeout_ms / 1_000):
                return {quote.pair: quote for quote in await source.quotes(now_ms)}
        except TimeoutError:
            return SourceError("timeout", f"{source.name} did not answer in {self._settings.timeout_ms} ms")
        except SourceError as error:
            return error

    def _judge(self, pair: PairTrack, answers: Answers, done: Round) -> None:
        now = done.now_ms // 1_000
        verdicts: list[tuple[Track, Quote, str]] = []
        for track in pair.sources:
            answer = answers.get(track.source)
            if answer is None:
                continue
            if isinstance(answer, SourceError):
                self._failed(pair, track, answer.kind, str(answer), done)
            elif pair.pair not in answer:
                self._failed(pair, track, MISSING, f"{track.source} has no price of {pair.pair}", done)
            else:
                quote = answer[pair.pair]
                verdicts.append((track, quote, plain_verdict(quote, track.good, now, self._settings)))
        reference = pair.reference(now, self._settings)
        fresh: list[tuple[Track, Quote]] = []
        for track, quote, verdict in verdicts:
            others = [other.price for found, other, plain in verdicts if found is not track and plain == GOOD]
            if verdict == GOOD and track.is_live and is_wild(quote, reference, others, track.held, self._settings):
                track.held = holding(quote, track.held, self._settings)
                verdict = WILD
            if verdict != GOOD:
                self._refused(pair, track, quote, verdict, done)
            elif self._accepted(pair, track, quote, done):
                fresh.append((track, quote))
        self._choose(pair, fresh, done)

    def _choose(self, pair: PairTrack, fresh: list[tuple[Track, Quote]], done: Round) -> None:
        pair.in_use = pair.choose(done.now_ms // 1_000, self._settings)
        for track, quote in fresh:
            # A source that comes in after another may be a moment behind it: the pair's price never steps back in time.
            behind = pair.used is not None and quote.publish_time < pair.used.publish_time
            verdict = USED if track.source == pair.in_use and not behind else SPARE
            if verdict == USED:
                pair.used = quote
            done.quotes.append(Judged(quote, verdict))
            done.count(pair, track.source, verdict)

    def _accepted(self, pair: PairTrack, track: Track, quote: Quote, done: Round) -> bool:
        """Remember a good quote; false when the source has said it before."""
        track.health.good(done.now_ms)
        repeats = quote == track.good
        track.last = track.good = quote
        track.good_ms, track.held = done.now_ms, None
        if repeats:
            done.count(pair, track.source, REPEAT)
        return not repeats

    def _refused(self, pair: PairTrack, track: Track, quote: Quote, verdict: str, done: Round) -> None:
        """Count a refused quote; it is stored unless the source has said it before."""
        track.health.bad(done.now_ms, f"{verdict}: price {quote.price} of {quote.publish_time}")
        done.count(pair, track.source, verdict)
        if quote != track.last:
            done.quotes.append(Judged(quote, verdict))
        track.last = quote

    def _failed(self, pair: PairTrack, track: Track, kind: str, message: str, done: Round) -> None:
        track.health.bad(done.now_ms, message)
        done.count(pair, track.source, kind)
