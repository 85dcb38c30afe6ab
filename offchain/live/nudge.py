"""What goes between the processes: that something changed and where, never what.

Every process reads the change itself; a nudge fits in what PostgreSQL's NOTIFY carries, 8 000 bytes.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from offchain.indexer.decode import DecodedEvent
from offchain.indexer.raw import RawTransaction

CHANNEL = "percosec_live"
MOST = 50
"""Markets or owners in one nudge; beyond that it says: all."""
PRICE_ACCEPTED = "PriceAccepted"
"""The most frequent event of no market; a market takes a price over by an event of its own."""


class Nudge(msgspec.Struct, frozen=True, omit_defaults=True):
    """A commit of the indexer, or a slot that was taken back."""

    markets: list[str] | None = None
    """Whose rows may have changed; None: any market's."""
    owners: list[str] | None = None
    """Who acted; None: anybody."""
    slot: int | None = None
    """The newest slot of the commit."""
    rolled_back_to: int | None = None
    """This slot and all later ones were taken back."""


ALL = Nudge()
"""Something changed, read everything."""


class Source(Protocol):
    """What an Indexer offers."""

    def on_commit(self, callback: Callable[[list[DecodedEvent], list[RawTransaction]], None]) -> None:
        """See offchain.indexer.indexer.Indexer."""

    def on_roll_back(self, callback: Callable[[int], None]) -> None:
        """See offchain.indexer.indexer.Indexer."""


def nudge_from(source: Source, publish: Callable[[bytes], None]) -> None:
    """Let an indexer in this process send nudges; `publish` must not wait."""

    def committed(events: list[DecodedEvent], raws: list[RawTransaction]) -> None:
        publish(encode(nudge_of(events, max(raw.slot for raw in raws))))

    source.on_commit(committed)
    source.on_roll_back(lambda slot: publish(encode(Nudge(rolled_back_to=slot))))


def nudge_of(events: Sequence[DecodedEvent], slot: int) -> Nudge:
    """What a commit may have changed. An event of no market, such as a change of the programs' terms, concerns any."""
    anywhere = any(event.market_id is None and event.name != PRICE_ACCEPTED for event in events)
    markets = {event.market_id for event in events if event.market_id is not None}
    owners = {event.actor for event in events if event.actor is not None}
    return Nudge(
        markets=None if anywhere or len(markets) > MOST else sorted(markets),
        owners=None if len(owners) > MOST else sorted(owners),
        slot=slot,
    )


def encode(nudge: Nudge) -> bytes:
    """For the channel."""
    return msgspec.json.encode(nudge)


def decode(payload: bytes) -> Nudge:
    """From the channel; what can't be read (of another version) means: read everything."""
    try:
        return msgspec.json.decode(payload, type=Nudge)
    except msgspec.DecodeError:
        return ALL
