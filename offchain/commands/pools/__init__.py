"""`percosec pools`: the capital behind each market."""

import click

from offchain.commands.lazy import LazyGroup

MODULES = {
    "list": "offchain.commands.pools.list",
    "show": "offchain.commands.pools.show",
}
"""Subcommand -> module that holds it as `command`."""


@click.group("pools", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """List the insurance pools, or look at one."""
