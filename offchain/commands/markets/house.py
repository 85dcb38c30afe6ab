"""`percosec markets house`: the demo market's own capital."""

import click

from offchain.commands.markets.money.command import add_moves
from offchain.commands.markets.money.moves import HOUSE


@click.group("house")
def command() -> None:
    """The demo market's own capital: what pays winners, and its insurance fund."""


add_moves(command, HOUSE)
