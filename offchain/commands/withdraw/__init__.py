"""`percosec withdraw`: request, wait for the notice, execute."""

import click

from offchain.commands.lazy import LazyGroup

MODULES = {
    "cancel": "offchain.commands.withdraw.cancel",
    "execute": "offchain.commands.withdraw.execute",
    "request": "offchain.commands.withdraw.request",
}
"""Subcommand -> module that holds it as `command`."""


@click.group("withdraw", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """Take deposits back: request, wait for the notice, execute."""
