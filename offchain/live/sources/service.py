"""Prices as captured, and how everything stands."""

from collections.abc import Collection

from offchain.api.bodies import prices, service
from offchain.api.reading import View
from offchain.live.sources.items import item_of
from offchain.live.stream import Parts
from offchain.live.topics import STATUS


def price_items(view: View, pairs: Collection[str] | None) -> Parts:
    """The price in use of each pair, as `/v1/prices` lists them."""
    found = prices.prices(view).items
    return {one.pair: {one.pair: item_of(one)} for one in found if pairs is None or one.pair in pairs}


def status_items(view: View, _parts: Collection[str] | None) -> Parts:
    """As `/v1/status`."""
    return {STATUS: {STATUS: item_of(service.status(view))}}
