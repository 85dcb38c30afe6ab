"""From the API's bodies to items: the same fields, without what the frame says once for all of them."""

from collections.abc import Iterable
from typing import Any

import msgspec

from offchain.live.frames import Item
from offchain.live.stream import Parts

_OF_THE_FRAME = ("as_of_slot", "decimals")


def item_of(body: msgspec.Struct) -> Item:
    """One body as plain JSON values."""
    item: Item = msgspec.to_builtins(body)
    for name in _OF_THE_FRAME:
        item.pop(name, None)
    return item


def one_each(bodies: Iterable[Any]) -> Parts:
    """Bodies of which each market has one, under the market's id."""
    return {body.market_id: {body.market_id: item_of(body)} for body in bodies}
