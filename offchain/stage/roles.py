"""What the app's own roles must be told so that prices, keeper and stage agree on time."""

from dataclasses import replace

from offchain.settings.keeper import KeeperSettings
from offchain.settings.prices import RECORDED, RECORDING, PriceSettings

PUSH_SECONDS = 40
"""The clock moves in steps of up to five seconds: a feed is written well before it is a minute old."""
CAPTURE_MS = 250
CYCLE_MS = 200
"""While the first days run as fast as possible, the keeper's own pause is what they wait for."""


def price_settings(prices: PriceSettings) -> PriceSettings:
    """The recording, at the chain's own time."""
    return replace(
        prices,
        sources=(RECORDING,),
        clock=RECORDED,
        push_seconds=min(prices.push_seconds, PUSH_SECONDS),
        capture_ms=min(prices.capture_ms, CAPTURE_MS),
        timeout_ms=min(prices.timeout_ms, CAPTURE_MS),
    )


def keeper_settings(keeper: KeeperSettings) -> KeeperSettings:
    """A keeper that looks several times a second."""
    return replace(keeper, cycle_ms=min(keeper.cycle_ms, CYCLE_MS))
