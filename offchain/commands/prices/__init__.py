"""`percosec prices`: capture prices, write them on chain, and look at what was captured."""

import click

from offchain.commands.lazy import LazyGroup

MODULES = {
    "candles": "offchain.commands.prices.candles",
    "history": "offchain.commands.prices.history",
    "pushes": "offchain.commands.prices.pushes",
    "run": "offchain.commands.prices.run",
    "show": "offchain.commands.prices.show",
    "sources": "offchain.commands.prices.sources",
}
"""Subcommand -> module that holds it as `command`."""


@click.group("prices", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """Capture prices, write them on chain, and look at what was captured."""
