"""When a price is written on chain."""

from dataclasses import dataclass

from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.prices.verdict import BPS, near
from offchain.settings.parameters import Parameters
from offchain.settings.prices import PriceSettings

FIRST, CONFIRM, AGE, MOVE, SETTLE = "first", "confirm", "age", "move", "settle"
SETTLE_BPS = 100
"""A step that is worth a second price, for liquidations."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A price that could be written now."""

    price: int
    """1e-6 USD."""
    conf: int
    publish_time: int
    """Unix seconds of the chain's clock."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The bot's and the programs' terms."""

    age: int
    """A feed this old is written, seconds."""
    move_bps: int
    """... or one whose price has moved so much."""
    confirm_wait: int
    """Seconds after which a provisional price can be confirmed."""
    lag_wait: int
    """Seconds by which the older of a feed's two prices stands behind the newer."""
    max_age: int
    """Older prices are refused by the risk engine, seconds."""


def rules(settings: PriceSettings, parameters: Parameters, schedule: Schedule) -> Rules:
    """The terms on one deployment; minimum waits shrink with short epochs."""
    return Rules(
        age=settings.push_seconds,
        move_bps=settings.push_bps,
        confirm_wait=schedule.wait(parameters.confirm_wait),
        lag_wait=schedule.wait(parameters.lag_wait),
        max_age=parameters.price_max_age,
    )


def reason(feed: PriceFeed, offer: Offer, terms: Rules) -> str:
    """Why the offer is worth writing, empty when it isn't.

    `settle`: a liquidation looks at the better of the newest price and one `lag_wait` older. After a step of more than
    1 % a second price makes both of them the new one, long before the next price by age would.
    """
    since = offer.publish_time - feed.publish_time
    if since <= 0:
        return ""
    if feed.updates == 0:
        return FIRST
    if feed.provisional and offer.publish_time >= feed.provisional_time + terms.confirm_wait:
        return CONFIRM
    if since >= terms.age:
        return AGE
    if abs(offer.price - feed.price) * BPS >= feed.price * terms.move_bps:
        return MOVE
    lagging = feed.lag_price and not near(feed.lag_price, feed.price, SETTLE_BPS)
    return SETTLE if lagging and since >= terms.lag_wait else ""
