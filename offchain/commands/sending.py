"""One way to write to the chain: simulate, show, ask, send, confirm, show what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rich.table import Table
from solders.instruction import Instruction
from solders.keypair import Keypair

from offchain import words
from offchain.chain import transactions
from offchain.chain.events import Event, parse_events
from offchain.commands.context import Context
from offchain.commands.events_view import event_document, event_table
from offchain.commands.rpc import Trial, try_out
from offchain.commands.state import schedule_of
from offchain.errors import PercosecError
from offchain.plain_words.rows import Rows

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Order:
    """One transaction that a command wants to send."""

    title: str
    """What it does, as a heading."""
    question: str
    """What the user is asked."""
    build: Callable[[Trial | None], Sequence[Instruction]]
    """The instructions; called with None for the simulation, and with its result for the transaction to send, which
    can then bound the result by what was simulated."""
    rows: Callable[[Trial], Rows]
    """The figures to show, from the simulation."""
    signers: tuple[Keypair, ...]
    """The first pays."""
    dry_run: bool = False
    priority: int = 0
    """Micro-lamports per compute unit."""
    extra: dict[str, Any] = field(default_factory=dict)
    """More for the JSON document."""


def carry_out(context: Context, order: Order) -> None:
    """Simulate, ask, send and report. ProgramError when the programs refuse, PercosecError when the user does."""
    trial = simulate(context, order, order.build(None))
    _show(context, order, trial)
    if order.dry_run:
        context.emit(_document(order, trial.events) | {"sent": False, "cost_lamports": trial.cost}, "nothing was sent")
        return
    context.confirm(order.question)
    payer = order.signers[0]
    chain = context.chain()
    before = chain.account(payer.pubkey())
    options = transactions.Options(priority=order.priority)
    outcome = transactions.send_measured(chain, order.build(trial), list(order.signers), options, context.at)
    after = chain.account(payer.pubkey())
    parsed = parse_events(outcome.logs, context.at)
    cost = (before.lamports if before else 0) - (after.lamports if after else 0)
    document = _document(order, parsed.events) | {
        "sent": True,
        "signature": str(outcome.signature),
        "slot": outcome.slot,
        "cost_lamports": cost,
        "units": outcome.units,
        "events_complete": not parsed.truncated,
    }
    context.emit(
        document, event_table(parsed.events, schedule_of(context)), f"[green]confirmed[/green] {outcome.signature}"
    )


def simulate(context: Context, order: Order, steps: Sequence[Instruction]) -> Trial:
    """What the order would do now; ProgramError when it would fail."""
    payer = order.signers[0].pubkey()
    if context.chain().account(payer) is None:
        raise PercosecError(
            f"{payer} holds no SOL on {context.settings.cluster}, which fees and rent are paid in: fund it"
        )
    options = transactions.Options(units=transactions.MAX_UNITS, priority=order.priority)
    unsigned = transactions.build_unsigned(steps, payer, context.chain().blockhash(), options)
    return try_out(context, unsigned, payer)


def _show(context: Context, order: Order, trial: Trial) -> None:
    if context.as_json:
        return
    table = Table(show_header=False, box=None, title=f"[bold]{order.title}[/bold]", title_justify="left")
    for label, value in [*order.rows(trial), ("network fee and rent", words.sol(trial.cost))]:
        table.add_row(label, value)
    context.console.print(table)


def _document(order: Order, events: list[Event]) -> dict[str, Any]:
    return {**order.extra, "events": [event_document(event) for event in events]}


def found(trial: Trial, kind: type[E]) -> E:
    """The event of this type that the simulation emitted."""
    for event in trial.events:
        if isinstance(event, kind):
            return event
    raise PercosecError(f"the simulation shows no {kind.__name__}: the node cut its logs, take another node with --rpc")
