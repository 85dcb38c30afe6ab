"""`percosec claims`: what the pools have paid, and why."""

import click

from offchain.commands.lazy import LazyGroup

MODULES = {
    "collect": "offchain.commands.claims.collect",
    "list": "offchain.commands.claims.list",
    "show": "offchain.commands.claims.show",
}
"""Subcommand -> module that holds it as `command`."""


@click.group("claims", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """List the claims, show one as a receipt, or collect an executor's fee."""
