"""The commands of the table of moves."""

from collections.abc import Sequence
from typing import Any

import click
from solders.instruction import Instruction

from offchain.commands.context import Context, with_context
from offchain.commands.funds import payout_account, require_funds
from offchain.commands.markets.money.moves import Move
from offchain.commands.naming import label_of
from offchain.commands.options import USDC, market_argument, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out
from offchain.commands.snapshot import one_market, take_snapshot
from offchain.commands.state import risk_config
from offchain.plain_words.rows import Rows


def add_moves(group: click.Group, moves: Sequence[Move]) -> None:
    """One subcommand for each move."""
    for move in moves:
        group.add_command(_command(move))


def _command(move: Move) -> click.Command:
    @market_argument
    @write_options
    @with_context
    def run(context: Context, market: str, dry_run: bool, priority: int, amount: int = 0) -> None:
        _carry_out(context, move, market, amount, {"dry_run": dry_run, "priority": priority})

    made = click.command(move.name, help=move.sentence)(run)
    if move.amount:
        made.params.insert(1, click.Argument(["amount"], type=USDC))
    return made


def _carry_out(context: Context, move: Move, name: str, amount: int, how: dict[str, Any]) -> None:
    key = context.keypair()
    creator, mint = key.pubkey(), risk_config(context).mint
    snapshot = take_snapshot(context)
    market = one_market(context, snapshot, name)
    account, opening = payout_account(context, creator, creator, mint)
    if move.pays_in:
        require_funds(context, creator, mint, amount)

    def build(_trial: Trial | None) -> list[Instruction]:
        return [*opening, move.build(creator, market.id, account, amount, context.at)]

    def rows(trial: Trial) -> Rows:
        return move.tell(trial, market, snapshot.directory.schedule)

    title = f"{move.title} {label_of(context, market.id)}"
    carry_out(context, Order(title, move.question, build, rows, (key,), extra={"market_id": str(market.id)}, **how))
