"""`percosec markets stake`: the creator's first-loss stake."""

import click

from offchain.commands.markets.money.command import add_moves
from offchain.commands.markets.money.moves import STAKE


@click.group("stake")
def command() -> None:
    """Your first-loss stake as a market's creator: add to it, or take it out by request and notice."""


add_moves(command, STAKE)
