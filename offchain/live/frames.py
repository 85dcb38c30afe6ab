"""The messages of the protocol, both directions: JSON objects that `type` tells apart.

`offchain/live/generated/schema.json` is made from these classes, see `offchain/live/schema.py`.
"""

from typing import Any

import msgspec

PROTOCOL = 1
"""Raised when a client that knows only the messages of before would go wrong."""
Item = dict[str, Any]
"""One resource, as the REST API shows it (without `as_of_slot` and `decimals`, which the frame has)."""


class Since(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a client stood before it lost the connection."""

    stream: str
    """Of the topic's last snapshot."""
    seq: int
    """Of the last frame of the topic that arrived."""


class Subscribe(msgspec.Struct, tag="subscribe", tag_field="type", frozen=True, forbid_unknown_fields=True):
    """Asks for a topic: a snapshot now, and then every change."""

    topic: str
    """market, pool, risk, claims, position, epoch, price or status."""
    market: str | None = None
    """Base58; left out: every market."""
    owner: str | None = None
    """Base58; only of positions."""
    pair: str | None = None
    """Such as `BTC/USD`; only of prices."""
    since: Since | None = None
    """Given: missed frames instead of a snapshot, if they are still there."""
    id: int | str | None = None
    """Comes back in the answer."""


class Unsubscribe(msgspec.Struct, tag="unsubscribe", tag_field="type", frozen=True, forbid_unknown_fields=True):
    """Ends a subscription; name the topic as in `subscribed`."""

    topic: str
    """With its parameters, such as `pool:MARKET`."""
    id: int | str | None = None


class Ping(msgspec.Struct, tag="ping", tag_field="type", frozen=True, forbid_unknown_fields=True):
    """Asks for a pong."""

    id: int | str | None = None


Request = Subscribe | Unsubscribe | Ping
"""What a client may send."""


class Hello(msgspec.Struct, tag="hello", tag_field="type", frozen=True):
    """The first frame of a connection."""

    protocol: int
    topics: dict[str, list[str]]
    """Every topic and the parameters it takes."""
    topics_per_client: int
    message_bytes: int
    """Longest message that a client may send."""
    heartbeat_seconds: int
    """A frame comes at least so often: after twice as long the connection is dead."""
    idle_seconds: int
    """A connection without a subscription is closed after so long."""


class Subscribed(msgspec.Struct, tag="subscribed", tag_field="type", frozen=True):
    """The answer to `subscribe`; a snapshot follows, or the missed deltas when `resumed`."""

    topic: str
    """The topic with its parameters, as in every further frame of it."""
    resumed: bool
    id: int | str | None = None


class Unsubscribed(msgspec.Struct, tag="unsubscribed", tag_field="type", frozen=True):
    """The answer to `unsubscribe`: no further frame of the topic comes."""

    topic: str
    id: int | str | None = None


class Snapshot(msgspec.Struct, tag="snapshot", tag_field="type", frozen=True, omit_defaults=True):
    """Everything of a topic; whatever the client held of it before is void."""

    topic: str
    stream: str
    """Deltas belong to the snapshot with the same stream."""
    seq: int
    """The next delta has the next number."""
    reason: str
    """`subscribed`, `gap` (what was missed is no longer kept) or `rolled_back`."""
    as_of_slot: int
    """The newest slot that is stored; -1: none."""
    decimals: int
    """Of every amount: USDC atoms."""
    items: dict[str, Item]
    """By key; the order means nothing."""
    rolled_back_to: int | None = None
    """The chain dropped this slot and all later ones."""


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """What happened to one item: exactly one of `set`, `item` and `gone` is given."""

    key: str
    set: Item | None = None
    """New values of some fields; the other fields stay."""
    item: Item | None = None
    """All of it: it is new."""
    gone: bool = False


class Delta(msgspec.Struct, tag="delta", tag_field="type", frozen=True):
    """What changed."""

    topic: str
    stream: str
    seq: int
    """One more than that of the frame before; a frame with another one means: subscribe anew with `since`."""
    as_of_slot: int
    changes: list[Change]


class Heartbeat(msgspec.Struct, tag="heartbeat", tag_field="type", frozen=True):
    """Nothing else to say; the connection lives."""

    as_of_slot: int
    now: int
    """The chain's time, unix seconds; a local chain's clock may be driven."""


class Pong(msgspec.Struct, tag="pong", tag_field="type", frozen=True):
    """The answer to `ping`."""

    id: int | str | None = None


class Error(msgspec.Struct, tag="error", tag_field="type", frozen=True):
    """A request was refused; the connection stays."""

    code: str
    """Stable, for programs."""
    detail: str
    """What is wrong and what to do."""
    id: int | str | None = None


Answer = Hello | Subscribed | Unsubscribed | Snapshot | Delta | Heartbeat | Pong | Error
"""What the server sends."""
