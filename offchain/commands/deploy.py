"""`percosec deploy`: bring the protocol onto a chain, or up to date there."""

from pathlib import Path
from typing import Any

import click
from rich.console import RenderableType
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.keys import development_admin
from offchain.commands.context import Context, with_context
from offchain.commands.options import KEY
from offchain.deploy.artifacts import artifacts_folder, read_artifacts
from offchain.deploy.authorities import hand_over_plan, still_to_accept
from offchain.deploy.errors import DeployError
from offchain.deploy.execute import execute
from offchain.deploy.node import Node
from offchain.deploy.plan import Plan
from offchain.deploy.planner import make_plan
from offchain.deploy.reclaim import reclaim_plan
from offchain.deploy.safety import check_balance, check_chain, check_keys
from offchain.deploy.target import Target
from offchain.deploy.verify import verify
from offchain.deploy.view import findings_document, findings_table, plan_document, plan_table
from offchain.words import sol

_SPARE_LAMPORTS = 10**9
"""What a local chain's faucet gives the admin on top."""

_NOTHING = "nothing to do: the chain holds everything as built"


@click.command("deploy")
@click.option(
    "--program-keys",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of scripts/program_ids, for programs that are not deployed yet.",
)
@click.option("--epoch-seconds", type=click.IntRange(1, 900), help="Length of an epoch; development builds only.")
@click.option(
    "--genesis", type=click.IntRange(1), metavar="UNIX_TIME", help="Start of epoch 0, which must have passed."
)
@click.option("--hand-over", "heir", type=KEY, help="Then hand every authority to this address, such as a multisig's.")
@click.option("--reclaim", is_flag=True, help="Instead: close buffers that a deployment left, and take their lamports.")
@click.option("--dry-run", is_flag=True, help="Show the plan and send nothing.")
@click.option(
    "--priority",
    type=click.IntRange(0, 10**9),
    default=0,
    show_default=True,
    help="Priority fee, micro-lamports per compute unit.",
)
@with_context
def command(
    context: Context,
    program_keys: Path | None,
    epoch_seconds: int | None,
    genesis: int | None,
    heir: Pubkey | None,
    reclaim: bool,
    dry_run: bool,
    priority: int,
) -> None:
    """Deploy or upgrade the programs, publish their IDLs, configure them and register the markets of seahorse.toml.

    Reads the chain first, shows what is missing and what it costs, and asks. A run that was stopped goes on with the
    same command; when nothing is missing, nothing is sent. Signs with the admin compiled into the programs.
    """
    artifacts = tuple(read_artifacts(context.project, context.cluster, artifacts_folder(context.cluster.name)))
    node = Node(context.settings.rpc_urls[0])
    try:
        target = Target(
            project=context.project,
            cluster=context.cluster,
            artifacts=artifacts,
            at=context.at,
            chain=context.chain(),
            node=node,
            payer=_payer(context),
            program_keys=program_keys,
            priority=priority,
            epoch_seconds=epoch_seconds,
            genesis=genesis,
        )
        if reclaim:
            _reclaim(context, target, dry_run)
        else:
            _deploy(context, target, heir, dry_run)
    finally:
        node.close()


def _payer(context: Context) -> Keypair:
    if context.settings.keypair is None and context.settings.cluster == "localnet":
        return development_admin()
    return context.keypair()


def _deploy(context: Context, target: Target, heir: Pubkey | None, dry_run: bool) -> None:
    document: dict[str, Any] = {"cluster": target.cluster.name, "payer": str(target.me), "sent": False}
    plan = make_plan(target)
    document["plan"] = plan_document(plan)
    if plan.steps:
        _show(context, plan, f"To do on {target.cluster.name}, paid by {target.me}")
    _notes(context, plan)
    if dry_run:
        context.emit(document, "nothing was sent" if plan.steps else _NOTHING)
        return
    if plan.steps:
        _run(context, target, plan, f"Deploy to {target.cluster.name} for {sol(plan.rent + plan.fees)}?")
        document["sent"] = True
    findings = verify(target)
    document["verified"] = findings_document(findings)
    parts: list[RenderableType] = [findings_table(findings)]
    if heir is not None:
        parts += _hand_over(context, target, heir, document)
    done = "deployed" if document["sent"] else _NOTHING
    context.emit(document, *parts, done)
    wrong = [finding.what for finding in findings if not finding.good]
    if wrong:
        raise DeployError(f"{', '.join(wrong)}: not as built, see the table; do not use this deployment")


def _hand_over(context: Context, target: Target, heir: Pubkey, document: dict[str, Any]) -> list[RenderableType]:
    plan = hand_over_plan(target, heir)
    document["hand_over"] = {"to": str(heir), "plan": plan_document(plan)}
    if plan.steps:
        _show(context, plan, f"To hand over to {heir}")
        _run(context, target, plan, f"Hand every authority to {heir}? Only that address can give them back.")
        document["sent"] = True
    waiting = still_to_accept(target, heir)
    document["hand_over"]["to_accept"] = waiting
    if not waiting:
        return [f"{heir} holds every authority"]
    return [
        f"{heir} still has to accept as admin of {', '.join(waiting)}: percosec admin accept, or the multisig's own"
    ]


def _reclaim(context: Context, target: Target, dry_run: bool) -> None:
    check_chain(target)
    check_keys(target)
    plan = reclaim_plan(target)
    document = {"cluster": target.cluster.name, "payer": str(target.me), "plan": plan_document(plan), "sent": False}
    if not plan.steps:
        context.emit(document, "nothing to reclaim: no buffer is left")
        return
    _show(context, plan, f"Buffers of {target.me} on {target.cluster.name}")
    if dry_run:
        context.emit(document, "nothing was sent")
        return
    _run(context, target, plan, f"Close them and take {sol(-plan.rent)} back?")
    document["sent"] = True
    context.emit(document, f"{sol(-plan.rent)} came back")


def _run(context: Context, target: Target, plan: Plan, question: str) -> None:
    """Ask, see that there is enough money, and carry the plan out."""
    faucet = target.is_local and context.settings.keypair is None
    if not faucet:
        check_balance(target, plan)
    context.confirm(question)
    if faucet:
        held = target.node.balance(target.me)
        if held < plan.needed:
            target.node.airdrop(target.me, plan.needed - held + _SPARE_LAMPORTS)
    execute(plan, context.progress())


def _show(context: Context, plan: Plan, title: str) -> None:
    if not context.as_json:
        context.console.print(plan_table(plan, title))


def _notes(context: Context, plan: Plan) -> None:
    if not context.as_json:
        for note in plan.notes:
            context.console.print(f"[yellow]note[/yellow]  {note}")
