"""How a running capture looks."""

from rich.console import Group, RenderableType
from rich.table import Column, Table

from offchain.chain.units import format_price
from offchain.commands.prices.moments import utc
from offchain.prices.status import BotStatus, PairStatus, ServiceStatus


def view(status: ServiceStatus) -> RenderableType:
    """Pairs with their sources, feeds with what was written, and errors."""
    parts: list[RenderableType] = [_pairs(status.pairs)]
    if status.bot is not None:
        parts.append(_feeds(status.bot))
    parts += [f"[red]{message}[/red] ({count})" for message, count in status.errors.items()]
    parts.append(f"{status.rounds} captures; Ctrl-C stops")
    return Group(*parts)


def line(status: ServiceStatus) -> str:
    """The same in one line."""
    prices = [f"{pair.pair} {format_price(pair.price.price)}" for pair in status.pairs if pair.price]
    written = status.bot.counts.get("landed", 0) if status.bot else 0
    failing = [
        f"{found.source} fails for {pair.pair}"
        for pair in status.pairs
        for found in pair.sources
        if found.state != "healthy"
    ]
    return ", ".join([f"{status.rounds} captures", *prices, f"{written} written", *failing])


def _pairs(pairs: tuple[PairStatus, ...]) -> Table:
    table = Table("pair", Column("price", justify="right"), "of (UTC)", "sources")
    for pair in pairs:
        sources = ", ".join(
            f"{found.source} {'in use' if found.in_use else 'ready' if found.state == 'healthy' else found.last_error}"
            for found in pair.sources
        )
        price = format_price(pair.price.price) if pair.price else "none yet"
        table.add_row(pair.pair, price, utc(pair.price.publish_time) if pair.price else "-", sources)
    return table


def _feeds(bot: BotStatus) -> Table:
    counts = ", ".join(f"{what} {count}" for what, count in bot.counts.items()) or "nothing yet"
    table = Table("feed", "written by", Column("on chain", justify="right"), "of (UTC)", "note", caption=counts)
    for feed in bot.feeds:
        price = format_price(feed.price) if feed.price else "none yet"
        note = feed.message or ("provisional" if feed.provisional else "")
        table.add_row(feed.pair, feed.source, price, utc(feed.publish_time) if feed.price else "-", note)
    return table
