"""What there is once for each market: the market itself, its pool, its risk, its epoch."""

from collections.abc import Collection

from offchain.api.bodies import epochs, markets, pools, risk
from offchain.api.reading import View
from offchain.api.rows import registered
from offchain.live.sources.items import item_of, one_each
from offchain.live.stream import Parts
from offchain.live.topics import CLOCK

Wanted = Collection[str] | None


def market_items(view: View, wanted: Wanted) -> Parts:
    """As `/v1/markets` lists them."""
    return one_each(markets.every_market(view, wanted))


def pool_items(view: View, wanted: Wanted) -> Parts:
    """As `/v1/pools` lists them."""
    return one_each(pools.every_pool(view, wanted))


def risk_items(view: View, wanted: Wanted) -> Parts:
    """As `/v1/markets/{market}/risk`."""
    return one_each(risk.detail(view, market) for market in registered(view, wanted))


def epoch_items(view: View, wanted: Wanted) -> Parts:
    """The epoch of now: its dates as `clock`, and of each market what was done in it, as in `/v1/epochs`."""
    clock = item_of(epochs.clock(view))
    # It moves every second, which every heartbeat tells; what matters of it moves with the epoch.
    del clock["now"]
    current = epochs.page(view, 1, None).items[0]
    return {CLOCK: {CLOCK: clock}, **one_each(current.markets)}
