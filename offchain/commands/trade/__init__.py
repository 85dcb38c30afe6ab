"""`percosec trade`: perpetual futures on the demo market."""

import click

from offchain.commands.lazy import LazyGroup

MODULES = {
    "account": "offchain.commands.trade.account",
    "close": "offchain.commands.trade.close",
    "margin": "offchain.commands.trade.margin",
    "open": "offchain.commands.trade.open",
    "profit": "offchain.commands.trade.profit",
}
"""Subcommand -> module that holds it as `command`."""


@click.group("trade", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """Trade on the demo market: open a position, add margin, close it, withdraw profit."""
