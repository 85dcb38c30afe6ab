"""What the user watches: a live screen on a terminal, plain lines elsewhere."""

import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from offchain.chain.units import format_bps, format_factor, format_price
from offchain.demo.sparkline import sparkline
from offchain.demo.story import Happening, MarketState, Story, Tone
from offchain.demo.words import usdc

FRAME_SECONDS = 0.2
SHOWN_HAPPENINGS = 14
SPARKLINE_WIDTH = 48
STYLES: dict[Tone, str] = {"plain": "", "good": "green", "bad": "bold red", "quiet": "dim"}
GRADE_STYLES = {"A": "green", "B": "green", "C": "yellow", "D": "red", "RESTRICTED": "bold red"}


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
        self._live.update(screen(self._story), refresh=True)
        self._live.stop()

    def update(self) -> None:
        """Draw again when the last frame is old enough."""
        now = time.monotonic()
        if now - self._drawn >= FRAME_SECONDS:
            self._drawn = now
            self._live.update(screen(self._story), refresh=True)


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
            self._console.print(_line(happening), soft_wrap=True)
        self._told = len(self._story.happenings)
        day = self._story.now // 86_400
        if day != self._day and self._story.epochs_played:
            self._day = day
            for market in self._story.markets:
                self._console.print(
                    Text(f"{_moment(self._story.now)}  {market.name}  {_summary(market)}"), soft_wrap=True
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


def screen(story: Story) -> RenderableType:
    """The whole story as it stands: progress, both markets, and the latest events."""
    header = Table.grid(padding=(0, 2))
    header.add_row(
        Text(_moment(story.now or story.first_time), style="bold"),
        ProgressBar(total=max(1, story.epochs_total), completed=story.epochs_played, width=40),
        Text(f"epoch {story.epochs_played} of {story.epochs_total}"),
    )
    panels = Table.grid(expand=True)
    for _ in story.markets:
        panels.add_column(ratio=1)
    panels.add_row(*[_panel(market) for market in story.markets])
    lines = [_line(happening) for happening in story.happenings[-SHOWN_HAPPENINGS:]]
    lines += [Text("")] * (SHOWN_HAPPENINGS - len(lines))
    return Group(header, panels, Panel(Group(*lines), title="what happens", title_align="left"))


def _panel(market: MarketState) -> Panel:
    rows = Table.grid(padding=(0, 1))
    rows.add_row("price", Text(f"{format_price(market.price)} USD", style="bold"))
    rows.add_row("", Text(sparkline(market.prices, SPARKLINE_WIDTH), style="cyan"))
    measured = " (provisional)" if market.provisional else ""
    rows.add_row(
        "score",
        Text.assemble(
            f"{format_factor(market.score)}{measured}  grade ", (market.grade, GRADE_STYLES.get(market.grade, ""))
        ),
    )
    for label, value in (
        ("  leverage", market.leverage_factor),
        ("  open interest", market.oi_ratio_factor),
        ("  volatility", market.volatility_factor),
        ("  funding", market.funding_variance_factor),
    ):
        rows.add_row(label, _bar(value))
    rows.add_row("premium rate", f"{format_bps(market.rate_bps)} of fees, {usdc(market.premiums)} so far")
    rows.add_row("pool", Text(f"{usdc(market.pool)}", style="bold"))
    rows.add_row("", f"{format_bps(market.utilization_bps)} of it in use")
    rows.add_row("open interest", f"{usdc(market.open_interest)} in {market.positions} positions")
    rows.add_row("liquidations", str(market.liquidations))
    rows.add_row("claims", f"{market.claims} paid with {usdc(market.paid)}, {market.no_claims} NoClaim")
    return Panel(rows, title=f"Market {market.name}", title_align="left")


def _bar(value: int, width: int = 20) -> Text:
    full = min(width, value * width // 1_000_000)
    return Text(f"{'█' * full}{'░' * (width - full)} {format_factor(value)}")


def _line(happening: Happening) -> Text:
    return Text(f"{_moment(happening.time)}  {happening.market}  {happening.text}", style=STYLES[happening.tone])


def _summary(market: MarketState) -> str:
    return (
        f"price {format_price(market.price)}, score {format_factor(market.score)}, grade {market.grade}, "
        f"rate {format_bps(market.rate_bps)}, pool {usdc(market.pool)}, "
        f"open interest {usdc(market.open_interest)}"
    )


def _moment(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%d %b %Y %H:%M")
