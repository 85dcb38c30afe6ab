"""Where prices come from: the `[prices]` table of seahorse.toml, `PERCOSEC_PRICES_*` and flags."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PriceSettings:
    """Sources of prices."""

    sources: tuple[str, ...] = ("recording",)
    """Names of the sources, the preferred one first."""
