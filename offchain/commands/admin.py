"""`percosec admin`: the powers of admin, guardian and treasury, in two steps."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from solders.pubkey import Pubkey

from offchain.admin.applying import Applied, apply, in_force, look_again, moved, prepare
from offchain.admin.arguments import read_arguments
from offchain.admin.document import applied_document, power_document, status_document
from offchain.admin.errors import PlanError
from offchain.admin.plan import Plan, read_plan, write_plan
from offchain.admin.planning import Found, look, make_plan
from offchain.admin.power import Power, Role
from offchain.admin.powers import POWERS
from offchain.admin.screen import changes_view, plan_view, powers_view, status_view
from offchain.admin.status import read_status
from offchain.admin.venue import Venue
from offchain.chain import transactions
from offchain.chain.epochs import Schedule
from offchain.commands.context import Context, with_context
from offchain.commands.naming import find_market, named_markets
from offchain.commands.options import KEY

_PLAN_FILE = click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, dir_okay=False))


@click.group("admin")
def command() -> None:
    """Use a power of admin, guardian or treasury: plan it, look at it, then apply it."""


@command.group("plan")
def plan_group() -> None:
    """Step one: read the chain, simulate, show before and after, and save a plan. Nothing is sent."""


@command.command("powers")
@with_context
def powers_command(context: Context) -> None:
    """List every power: what it does and what it can't touch. Asks no chain."""
    context.emit({"powers": [power_document(power) for power in POWERS]}, powers_view())


@command.command("show")
@with_context
def show_command(context: Context) -> None:
    """Show who holds each power, and what is under way."""
    status = read_status(context.chain(), context.at)
    names = {each.market_id: each.name for each in named_markets(context)}
    context.emit(status_document(status), status_view(status, names))


@command.command("check")
@_PLAN_FILE
@with_context
def check_command(context: Context, plan_file: Path) -> int:
    """Say whether a plan still stands, is in force, or rests on a chain that has moved (exit code 1).

    The read-back for plans that a multisig has carried out.
    """
    plan = _read(context, plan_file)
    found = look_again(context.chain(), context.at, plan, None)
    different = moved(found, plan)
    state = "in force" if in_force(found, plan) else "moved" if different else "open"
    lines = {
        "in force": f"[green]in force[/green]: the chain shows what {plan.power} planned",
        "open": f"open: {plan.power} can still be applied as planned",
        "moved": f"[red]moved[/red]: {escape('; '.join(different))}",
    }
    context.emit({"power": plan.power, "state": state, "differences": different}, lines[state])
    return 1 if state == "moved" else 0


@command.command("apply")
@_PLAN_FILE
@click.option("--dry-run", is_flag=True, help="Check the plan and simulate again, and send nothing.")
@click.option(
    "--priority",
    type=click.IntRange(0, 10**9),
    default=0,
    show_default=True,
    help="Priority fee, micro-lamports per compute unit.",
)
@with_context
def apply_command(context: Context, plan_file: Path, dry_run: bool, priority: int) -> None:
    """Step two: check that the chain is as the plan found it, ask, send, read back and compare."""
    plan = _read(context, plan_file)
    key = context.keypair()
    ready = prepare(context.chain(), context.at, plan, key.pubkey())
    schedule = ready.found.schedule
    if not context.as_json:
        context.console.print(plan_view(ready.fresh, schedule))
    if dry_run:
        context.emit({"power": plan.power, "sent": False}, "nothing was sent")
        return
    context.confirm(f"Sign {plan.power} as {key.pubkey()} on {context.settings.cluster}?")
    applied = apply(context.chain(), context.at, ready, key, priority)
    _report(context, plan, applied, schedule)


def _report(context: Context, plan: Plan, applied: Applied, schedule: Schedule) -> None:
    context.emit(
        applied_document(plan, applied),
        changes_view(applied.changes, schedule, "read back"),
        f"[green]as planned[/green] {applied.outcome.signature}",
    )


def _read(context: Context, path: Path) -> Plan:
    plan = read_plan(path)
    if plan.cluster != context.settings.cluster:
        raise PlanError(f"the plan is for {plan.cluster}, this is {context.settings.cluster}: add --cluster")
    return plan


def _plan(
    context: Context,
    power: Power,
    out: Path | None,
    unsigned: Path | None,
    signer: Pubkey | None,
    fee_payer: Pubkey | None,
    **texts: str | None,
) -> None:
    place = Venue(context.chain(), context.at, context.settings.cluster)
    if texts.get("market"):
        texts["market"] = str(find_market(context, str(texts["market"])))
    values = read_arguments(power, texts, place)
    if power.role is Role.ANYONE and signer is None and context.settings.keypair is not None:
        signer = context.keypair().pubkey()
    found = look(context.chain(), context.at, power, values, signer)
    payer = fee_payer or Pubkey.from_string(found.signers[0].address)
    plan = make_plan(context.chain(), found, context.settings.cluster, payer)
    document = plan.to_json()
    saved = out
    if saved is None and not context.as_json:
        saved = Path(f"{power.name}-{document['digest'][:8]}.plan.json")
    if saved is not None:
        write_plan(plan, saved)
    notes = [f"plan saved: percosec admin apply {saved}"]
    if unsigned is not None:
        _write_unsigned(context, found, payer, unsigned)
        notes.append(f"unsigned transaction for another signer saved: {unsigned}")
    context.emit(document, plan_view(plan, found.schedule), *notes)


def _write_unsigned(context: Context, found: Found, payer: Pubkey, path: Path) -> None:
    chain = context.chain()
    options = transactions.measure(chain, found.instructions, payer, at=context.at)
    transaction = transactions.build_unsigned(found.instructions, payer, chain.blockhash(), options)
    try:
        path.write_text(b64encode(bytes(transaction)).decode() + "\n", encoding="ascii")
    except OSError as error:
        raise PlanError(f"{path} can't be written ({error.strerror}): choose another file with --unsigned") from error


def _plan_command(power: Power) -> click.Command:
    """The command of one power, made from its row of the table."""

    @with_context
    def run(context: Context, **given: Any) -> None:
        _plan(context, power, **given)

    options = [
        click.Option(
            [f"--{argument.name.replace('_', '-')}", argument.name], help=_help(argument.help, argument.default)
        )
        for argument in power.arguments
    ]
    options += [
        click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), help="File to save the plan in."),
        click.Option(
            ["--unsigned"],
            type=click.Path(path_type=Path, dir_okay=False),
            help="Also write the unsigned transaction, base64, for a multisig or another signer.",
        ),
        click.Option(["--fee-payer", "fee_payer"], type=KEY, help="Who pays its fee; the signer by default."),
    ]
    signer = click.Option(
        ["--signer"], type=KEY, help="Who signs what anyone may do.", hidden=power.role is not Role.ANYONE
    )
    made = click.command(power.name, help=f"{power.sentence}\n\n{power.cannot}", short_help=power.sentence)(run)
    made.params = [*options, signer, *made.params]
    return made


def _help(text: str, default: str) -> str:
    defaults = {
        "all": "all",
        "writer": "of seahorse.toml",
        "creator": "as registered",
        "destination": "the treasury's associated account",
    }
    return f"{text}  [default: {defaults.get(default, 'as it is')}]" if default else text


for _power in POWERS:
    plan_group.add_command(_plan_command(_power))
