"""The live screen: progress, both markets side by side, and the latest events, cut to the terminal's size."""

from datetime import UTC, datetime

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from offchain.chain.units import FACTOR_ONE, format_bps, format_factor, format_price
from offchain.demo.sparkline import sparkline
from offchain.demo.story import Happening, MarketState, Story, Tone
from offchain.demo.words import lost, usdc

STYLES: dict[Tone, str] = {"plain": "", "good": "green", "bad": "bold red", "quiet": "dim"}
GRADE_STYLES = {"A": "green", "B": "green", "C": "yellow", "D": "red", "RESTRICTED": "bold red"}

FIXED_ROWS = 19
"""Rows of the screen that are always there: progress, the panels, the frame around the events, a free last row."""

FEWEST_EVENTS, MOST_EVENTS = 3, 16
LABELS = 21
"""Columns of a panel that its frame and labels take."""

LABEL_COLUMNS = 15
FACTOR_COLUMNS = 9
BAR_WIDTH, SPARKLINE_WIDTH, PROGRESS_WIDTH = 20, 48, 40


def screen(story: Story, width: int, height: int) -> RenderableType:
    """The whole story as it stands, for a terminal of this many columns and rows."""
    header = Table.grid(padding=(0, 2))
    header.add_row(
        Text(moment(story.now), style="bold"),
        ProgressBar(
            total=max(1, story.epochs_total), completed=story.epochs_played, width=min(PROGRESS_WIDTH, width // 3)
        ),
        Text(f"epoch {story.epochs_played} of {story.epochs_total}"),
    )
    panels = Table.grid(expand=True)
    for _ in story.markets:
        panels.add_column(ratio=1)
    inner = max(FACTOR_COLUMNS + 1, width // len(story.markets) - LABELS)
    panels.add_row(*[_panel(market, inner) for market in story.markets])
    shown = max(FEWEST_EVENTS, min(MOST_EVENTS, height - FIXED_ROWS))
    lines = [happening_line(happening) for happening in story.happenings[-shown:]]
    lines += [Text("")] * (shown - len(lines))
    return Group(header, panels, Panel(Group(*lines), title="what happens", title_align="left"))


def happening_line(happening: Happening) -> Text:
    """One event in one line."""
    text = f"{moment(happening.time)}  {happening.market}  {happening.text}"
    return Text(text, style=STYLES[happening.tone], no_wrap=True, overflow="ellipsis")


def moment(time: int) -> str:
    """A recorded time (UTC)."""
    return datetime.fromtimestamp(time, UTC).strftime("%d %b %Y %H:%M")


def _panel(market: MarketState, width: int) -> Panel:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(no_wrap=True, min_width=LABEL_COLUMNS)
    rows.add_column(no_wrap=True, overflow="ellipsis")
    rows.add_row("price", Text(f"{format_price(market.price)} USD", style="bold"))
    rows.add_row("", Text(sparkline(market.prices, min(width, SPARKLINE_WIDTH)), style="cyan"))
    rows.add_row("score", _score(market))
    for label, value in (
        ("  leverage", market.leverage_factor),
        ("  open interest", market.oi_ratio_factor),
        ("  volatility", market.volatility_factor),
        ("  funding", market.funding_variance_factor),
    ):
        rows.add_row(label, _bar(value, max(1, min(width - FACTOR_COLUMNS, BAR_WIDTH))))
    rows.add_row("premium rate", f"{format_bps(market.rate_bps)} of fees")
    rows.add_row("premiums", usdc(market.premiums))
    rows.add_row("pool", Text(usdc(market.pool), style="bold"))
    rows.add_row("  in use", format_bps(market.utilization_bps))
    rows.add_row("open interest", usdc(market.open_interest))
    rows.add_row("positions", f"{market.positions} open, {market.liquidations} liquidated")
    rows.add_row("claims", f"{market.claims} for {lost(market.paid)}, {market.no_claims} NoClaim")
    return Panel(rows, title=f"Market {market.name}", title_align="left")


def _score(market: MarketState) -> Text:
    measured = " provisional" if market.provisional else ""
    grade = (market.grade, GRADE_STYLES.get(market.grade, ""))
    return Text.assemble(f"{format_factor(market.score)} grade ", grade, measured)


def _bar(value: int, width: int) -> Text:
    full = min(width, value * width // FACTOR_ONE)
    return Text(f"{'█' * full}{'░' * (width - full)} {format_factor(value)}")
