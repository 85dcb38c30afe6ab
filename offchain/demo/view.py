"""What the user watches: a live screen on a terminal, plain lines elsewhere."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from offchain.chain.units import format_bps, format_factor, format_price
from offchain.demo.screen import happening_line, moment, screen
from offchain.demo.story import MarketState, Story
from offchain.demo.words import usdc

FRAME_SECONDS = 0.2


class LiveView:
    """Redraws the whole story a few times a second."""

    def __init__(self, story: Story, console: Console) -> None:
        self._story = story
        self._live = Live(console=console, auto_refresh=False, transient=False)
        self._drawn = 0.0

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.update(screen(self._story, *self._live.console.size), refresh=True)
        self._live.stop()

    def update(self) -> None:
        """Draw again when the last frame is old enough."""
        now = time.monotonic()
        if now - self._drawn >= FRAME_SECONDS:
            self._drawn = now
            self._live.update(screen(self._story, *self._live.console.size), refresh=True)


class PlainView:
    """Prints every event as a line, and one line for each market and day."""

    def __init__(self, story: Story, console: Console) -> None:
        self._story = story
        self._console = console
        self._told = 0
        self._day = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.update()

    def update(self) -> None:
        """Print what is new."""
        for happening in self._story.happenings[self._told :]:
            self._console.print(happening_line(happening), soft_wrap=True)
        self._told = len(self._story.happenings)
        day = self._story.now // 86_400
        if day != self._day and all(market.price for market in self._story.markets):
            self._day = day
            for market in self._story.markets:
                self._console.print(
                    Text(f"{moment(self._story.now)}  {market.name}  {_summary(market)}"), soft_wrap=True
                )


class SilentView:
    """Shows nothing: for `--json` and for tests."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def update(self) -> None:
        """Nothing to show."""


View = LiveView | PlainView | SilentView


def choose_view(story: Story, console: Console, silent: bool) -> View:
    """A live screen on a terminal, plain lines in a pipe or a log file, nothing when silent."""
    if silent:
        return SilentView()
    return LiveView(story, console) if console.is_terminal else PlainView(story, console)


def _summary(market: MarketState) -> str:
    return (
        f"price {format_price(market.price)}, score {format_factor(market.score)}, grade {market.grade}, "
        f"rate {format_bps(market.rate_bps)}, pool {usdc(market.pool)}, "
        f"open interest {usdc(market.open_interest)}"
    )
