"""What has to be read for the topics that may have changed, all of it at one moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from offchain.api.context import ApiContext
from offchain.api.problems import Problem
from offchain.api.reading import View, reading
from offchain.live.frames import Item
from offchain.live.nudge import Nudge
from offchain.live.refresh import OFF_CHAIN
from offchain.live.sources.all import SOURCES
from offchain.live.stream import Parts, Stream
from offchain.live.topics import CLOCK, EPOCH, POSITION_OF_OWNER, Topic

Wanted = set[str] | None
"""Parts of a topic; None: all there are."""
EVERYTHING: Wanted = None
OURS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What goes wrong in a source itself: it would go wrong in every reading. The database fails in other ways."""


@dataclass
class Plan:
    """What to read."""

    wanted: dict[str, Wanted] = field(default_factory=dict)
    """Source -> parts."""

    def add(self, source: str, parts: Wanted) -> None:
        """These too."""
        known = self.wanted.get(source, set())
        self.wanted[source] = None if parts is None or known is None else known | parts


@dataclass(frozen=True)
class Found:
    """What was read."""

    as_of_slot: int
    parts: Mapping[str, Parts]
    """By source."""
    failed: Mapping[str, Exception]
    """Sources that could not be read, through no fault of the database."""


def source_of(topic: Topic) -> str:
    """The name of what reads a topic."""
    return POSITION_OF_OWNER if topic.owner is not None else topic.name


def own_parts(topic: Topic) -> Wanted:
    """The parts that a topic consists of."""
    part = topic.owner or topic.market or topic.pair
    if part is None:
        return None
    return {part, CLOCK} if topic.name == EPOCH else {part}


def read(context: ApiContext, plan: Plan) -> Found:
    """Run the sources, all on one snapshot of the database."""
    with reading(context) as view:
        parts: dict[str, Parts] = {}
        failed: dict[str, Exception] = {}
        for name, wanted in plan.wanted.items():
            try:
                parts[name] = _read(view, name, wanted)
            except OURS as error:
                failed[name] = error
        return Found(view.slot, parts, failed)


def pick(stream: Stream, wanted: Wanted, found: Found) -> Mapping[str, Mapping[str, Item]]:
    """Of what was read, what belongs to a stream."""
    parts = found.parts[source_of(stream.topic)]
    picked = parts if wanted is None else {part: parts.get(part, {}) for part in wanted}
    market = stream.topic.market
    if stream.topic.owner is None or market is None:
        return picked
    return {part: of_market(items, market) for part, items in picked.items()}


def of_market(items: Mapping[str, Item], market: str) -> dict[str, Item]:
    """The items of one market."""
    return {key: item for key, item in items.items() if item.get("market_id") == market}


def touched(stream: Stream, nudge: Nudge) -> Wanted:
    """The parts of a topic that a nudge concerns; empty for none."""
    topic = stream.topic
    if topic.name in OFF_CHAIN:
        return set()
    if topic.owner is not None:
        return {topic.owner} if _touches_owner(stream, topic.owner, nudge) else set()
    if nudge.markets is None:
        return own_parts(topic)
    return set(nudge.markets) if topic.market is None else set(nudge.markets) & {topic.market}


def _touches_owner(stream: Stream, owner: str, nudge: Nudge) -> bool:
    if nudge.markets is None or nudge.owners is None or owner in nudge.owners:
        return True
    return any(item.get("market_id") in nudge.markets for item in stream.items().values())


def _read(view: View, source: str, wanted: Collection[str] | None) -> Parts:
    try:
        return SOURCES[source](view, wanted)
    except Problem:
        # The index holds nothing yet that it could show: the topic is empty until it does.
        return {}
