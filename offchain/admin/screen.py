"""Plans and the state of all powers, as people see them."""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from solders.pubkey import Pubkey

from offchain.admin.plan import Change, Plan, Signer
from offchain.admin.powers import POWERS
from offchain.admin.status import Status, powers_of
from offchain.admin.words import date, moment, value
from offchain.chain.epochs import Schedule
from offchain.chain.units import format_leverage, format_usdc
from offchain.creation.spans import format_span


def plan_view(plan: Plan, schedule: Schedule) -> RenderableType:
    """Everything one should know before signing."""
    facts = _pairs(f"[bold]{plan.power}[/bold]: {plan.sentence}")
    for argument, given in plan.arguments.items():
        facts.add_row(argument, "none" if given == str(Pubkey.default()) else str(given))
    for role, programs, address in _grouped(plan.signers):
        facts.add_row("signed by", f"{address}, {role} of {programs}")
    facts.add_row("takes effect", f"{plan.timing.words}: epoch {plan.timing.epoch}, {date(plan.timing.starts_at)}")
    if plan.timing.ends_at:
        facts.add_row("ends by itself", moment(plan.timing.ends_at, schedule))
    if plan.timing.again_at:
        facts.add_row("again from", moment(plan.timing.again_at, schedule))
    facts.add_row("can't touch", plan.cannot)
    return Group(facts, changes_view(plan.changes, schedule))


def changes_view(changes: Sequence[Change], schedule: Schedule, after: str = "after") -> Table:
    """Each field before and after."""
    table = Table(title_justify="left")
    table.add_column("field")
    table.add_column("before")
    table.add_column(after, style="bold")
    for change in changes:
        before = value(change.field, change.before, change.moves, schedule)
        now = value(change.field, change.after, change.moves, schedule)
        if change.in_force is not None:
            before += f" (in force: {value(change.field, change.in_force, change.moves, schedule)})"
        table.add_row(f"{change.place}.{change.field}", before, now)
    return table


def powers_view() -> RenderableType:
    """Every power: what it does, who may, and what it can't touch."""
    table = Table()
    for column in ("power", "of", "signed by", "what it does", "what it can't touch"):
        table.add_column(column)
    for power in POWERS:
        table.add_row(power.name, ", ".join(power.programs), power.role.words, power.sentence, power.cannot)
    return table


def status_view(status: Status, names: Mapping[Pubkey, str]) -> RenderableType:
    """All powers, who holds them, and what is under way; `names` maps market ids to what people call them."""
    powers = Table(title="[bold]powers[/bold]", title_justify="left")
    for column in ("power", "of", "role", "held by"):
        powers.add_column(column)
    held: dict[tuple[str, str, str], list[str]] = {}
    for power, program, holder in powers_of(status):
        held.setdefault((power.name, power.role.words, holder), []).append(program)
    for (name, role, holder), programs in held.items():
        absent = "anyone" if role == "anyone" else "nobody now"
        powers.add_row(name, ", ".join(programs), role, holder or absent)
    for program, holder in status.upgraders.items():
        powers.add_row("upgrade (loader)", program, "upgrade authority", holder or "nobody, for good")
    return Group(powers, _pending(status, names), _facts(status, names))


def _pending(status: Status, names: Mapping[Pubkey, str]) -> Table:
    table = _pairs("[bold]under way[/bold]")
    schedule = status.schedule
    for program in status.configs:
        if proposed := status.proposed(program):
            table.add_row("proposed admin", f"{program}: {proposed} may accept")
    for market in status.changes():
        terms = (
            f"lock {format_span(market.next_lock, schedule)}, notice {format_span(market.next_notice, schedule)}, "
            f"max leverage {format_leverage(market.next_max_leverage)}"
        )
        when = moment(schedule.start(market.next_epoch), schedule)
        due = "due now: apply-change" if schedule.epoch(status.now) >= market.next_epoch else f"from {when}"
        table.add_row("announced", f"{names.get(market.market_id, market.market_id)}: {terms}, {due}")
    for market in status.untold():
        told = "the pool has not been told the new terms: a keeper will (push_terms_pool)"
        table.add_row("terms", f"{names.get(market.market_id, market.market_id)}: {told}")
    for name, (until, again) in status.stops().items():
        if until > status.now:
            table.add_row(name, f"in force, lapses {moment(until, schedule)}")
        if again > status.now:
            table.add_row(name, f"not again before {moment(again, schedule)}")
    if not table.row_count:
        table.add_row("nothing", "no proposal, no announcement, no stop")
    return table


def _facts(status: Status, names: Mapping[Pubkey, str]) -> Table:
    table = _pairs("[bold]state[/bold]")
    table.add_row("now", moment(status.now, status.schedule))
    table.add_row("build", "development: worth nothing, for local chains" if status.dev else "release")
    for engine in status.engines:
        table.add_row("engine", f"{engine.program} {'listed' if engine.active else '[red]removed[/red]'}")
    for pool in status.pools:
        table.add_row(
            "treasury fees",
            f"{names.get(pool.market_id, pool.market_id)}: {format_usdc(pool.treasury_fees, symbol=True)}",
        )
    return table


def _grouped(signers: Sequence[Signer]) -> list[tuple[str, str, str]]:
    """(role, programs, address): one entry for each address."""
    found: dict[tuple[str, str], list[str]] = {}
    for signer in signers:
        found.setdefault((signer.role, signer.address), []).append(signer.program)
    return [(role, ", ".join(programs), address) for (role, address), programs in found.items()]


def _pairs(title: str) -> Table:
    table = Table(show_header=False, box=None, title=title, title_justify="left")
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    return table
