"""`percosec markets create`: a market from nothing, or from where an interrupted run left it."""

from collections.abc import Callable
from typing import Any

import click
from solders.pubkey import Pubkey

from offchain.chain.units import atoms
from offchain.commands.context import Context, with_context
from offchain.commands.markets.creating.draft import Draft, make_draft
from offchain.commands.markets.creating.sending import send_steps
from offchain.commands.markets.creating.view import draft_document, draft_view, items_view
from offchain.commands.options import KEY, Units
from offchain.creation.checklist import checklist
from offchain.creation.terms import TERMS

_MONEY = Units("usdc", atoms, positive=False)


def term_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """One option for each term; the texts are read once the chain's epoch length is known."""
    for term in reversed(TERMS):
        need = "[must be chosen]" if term.default is None else "[default: the project's]"
        function = click.option(term.option, term.name, metavar="VALUE", help=f"{term.title}.  {need}")(function)
    return function


@click.command("create")
@click.option("--feed", metavar="FEED", help="Price feed: pair, Pyth id, or address.  [must be chosen]")
@click.option(
    "--index",
    type=click.IntRange(0),
    help="Your market number; another one makes another market.  [default: your newest, or 0]",
)
@term_options
@click.option(
    "--stake", type=_MONEY, help="First-loss stake in USDC: it pays claims before providers do.  [default: 0]"
)
@click.option("--house", type=_MONEY, help="USDC that pays winning traders.  [default: 0]")
@click.option("--fund", type=_MONEY, help="USDC for the market's own insurance fund.  [default: 0]")
@click.option("--engine", type=KEY, help="Program of the market.  [default: the demo market's]")
@click.option("--market", type=KEY, help="Address where the market is expected; checked against program and number.")
@click.option("--dry-run", is_flag=True, help="Check everything, show terms and cost, and send nothing.")
@with_context
def command(context: Context, dry_run: bool, engine: Pubkey | None, market: Pubkey | None, **given: Any) -> None:
    """Create a market, register it for insurance, and put up your stake.

    On a terminal it asks for what is missing. Started again it goes on where it was interrupted, and never creates or
    pays anything twice; for a second market give --index 1.
    """
    draft = make_draft(context, given, engine, market)
    if not context.as_json:
        context.console.print(draft_view(draft))
    signatures: list[str] = []
    if draft.steps and not dry_run:
        context.confirm(f"Send {len(draft.steps)} transactions as {draft.blueprint.creator}?")
        signatures = send_steps(context, draft)
    _report(context, draft, signatures, dry_run)


def _report(context: Context, draft: Draft, signatures: list[str], dry_run: bool) -> None:
    if dry_run:
        context.emit(draft_document(draft) | {"sent": []}, "nothing was sent")
        return
    place = draft.place
    items = checklist(place.chain, place.at, draft.market_id, draft.feed.address, place.schedule, place.parameters)
    document = draft_document(draft) | {
        "sent": signatures,
        "checklist": [{"item": item.name, "done": item.done, "words": item.words} for item in items],
    }
    context.emit(document, f"[green]market {draft.market_id}[/green]", items_view(items))
