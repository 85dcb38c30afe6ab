"""Values on the command line: amounts, prices, sizes and keys, exact from the first character on."""

from collections.abc import Callable
from typing import Any

import click
from solders.pubkey import Pubkey

from offchain.chain.units import Number, UnitError, atoms, bps, price, size


class Units(click.ParamType):
    """A decimal number as an integer of the protocol's unit."""

    def __init__(
        self, name: str, read: Callable[[Number], int], positive: bool = True, most: int | None = None
    ) -> None:
        """`most` is the largest number taken, in the protocol's unit."""
        self.name = name
        self.read = read
        self.positive = positive
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Refuses what is no such number, and zero where that makes no sense."""
        if isinstance(value, int):
            return value
        try:
            number = self.read(value)
        except UnitError as error:
            self.fail(str(error), param, ctx)
        if self.positive and number == 0:
            self.fail(f"{value} is nothing: give more than zero", param, ctx)
        if self.most is not None and number > self.most:
            self.fail(f"{value} is too much", param, ctx)
        return number


class Key(click.ParamType):
    """A public key in base58."""

    name = "key"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Pubkey:
        """Refuses what is no public key."""
        if isinstance(value, Pubkey):
            return value
        try:
            return Pubkey.from_string(value)
        except ValueError:
            self.fail(f"{value!r:.60} is no public key: give its base58 text", param, ctx)


USDC = Units("usdc", atoms)
PRICE = Units("usd", price)
SIZE = Units("size", size)
SHARES = Units("shares", atoms)
PERCENT = Units("percent", bps, positive=False, most=10_000)
KEY = Key()

market_argument = click.argument("market", metavar="MARKET")
"""A name of seahorse.toml or a market_id; see `offchain.commands.naming`."""


def slippage_option(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """--slippage: how much worse than simulated the result may be, in percent."""
    text = "Refuse a result that is more than so many percent worse than simulated."
    return click.option("--slippage", type=PERCENT, default=default, show_default=True, help=text)


def write_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--dry-run and --priority of every command that sends."""
    dry = click.option("--dry-run", is_flag=True, help="Simulate, show what would happen, and send nothing.")
    tip = click.option(
        "--priority",
        type=click.IntRange(0, 10**9),
        default=0,
        show_default=True,
        help="Priority fee, micro-lamports per compute unit.",
    )
    return dry(tip(function))
