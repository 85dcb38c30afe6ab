"""`percosec keeper`: run a keeper, report what it earned, lift its halt."""

import click

from offchain.commands.lazy import LazyGroup

MODULES = {
    "report": "offchain.commands.keeper.report",
    "resume": "offchain.commands.keeper.resume",
    "run": "offchain.commands.keeper.run",
}


@click.group(name="keeper", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """Keep markets alive and be paid for it."""
