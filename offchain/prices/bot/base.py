"""What the service sees of the bot."""

from collections.abc import Sequence
from typing import Protocol

from offchain.prices.status import BotStatus


class Lane(Protocol):
    """One feed."""

    async def round(self) -> None:
        """Look at the feed once and write what is due."""


class Bot(Protocol):
    """Writes prices on chain, each feed in a lane of its own: none waits for another one's confirmation."""

    @property
    def lanes(self) -> Sequence[Lane]:
        """One for each feed."""

    def status(self) -> BotStatus:
        """What it did."""
