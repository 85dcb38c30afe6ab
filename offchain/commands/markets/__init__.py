"""`percosec markets`: what is insured, and on which terms."""

import click

from offchain.commands.lazy import LazyGroup

MODULES = {
    "create": "offchain.commands.markets.create",
    "house": "offchain.commands.markets.house",
    "list": "offchain.commands.markets.list",
    "show": "offchain.commands.markets.show",
    "stake": "offchain.commands.markets.stake",
}
"""Subcommand -> module that holds it as `command`."""


@click.group("markets", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """List the insured markets, look at one, or open one and fund it."""
