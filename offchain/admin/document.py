"""The powers and their state as JSON, and as the table of docs/admin.md."""

from typing import Any

from offchain.admin.plan import Plan
from offchain.admin.power import Power
from offchain.admin.powers import POWERS
from offchain.admin.status import Status, powers_of


def powers_table() -> str:
    """Markdown: one row for each power."""
    lines = [
        "| power | programs | signed by | changes | what it does | what it can't touch |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_row(power) for power in POWERS)]) + "\n"


def power_document(power: Power) -> dict[str, Any]:
    """One power as JSON."""
    return {
        "name": power.name,
        "programs": list(power.programs),
        "instruction": power.instruction,
        "signed_by": power.role.words,
        "arguments": [argument.name for argument in power.arguments],
        "changes": [str(field) for field in power.changes],
        "sentence": power.sentence,
        "effect": power.effect,
        "cannot": power.cannot,
    }


def status_document(status: Status) -> dict[str, Any]:
    """`percosec admin show --json`."""
    return {
        "now": status.now,
        "epoch": status.schedule.epoch(status.now),
        "development_build": status.dev,
        "powers": [
            {"power": power.name, "program": program, "role": power.role.words, "holder": holder or None}
            for power, program, holder in powers_of(status)
        ],
        "upgrade_authorities": {program: holder or None for program, holder in status.upgraders.items()},
        "pending": {
            "proposed_admins": {
                program: str(proposed) for program in status.configs if (proposed := status.proposed(program))
            },
            "announced_changes": [
                {
                    "market_id": str(market.market_id),
                    "lock_epochs": market.next_lock,
                    "notice_epochs": market.next_notice,
                    "max_leverage": market.next_max_leverage,
                    "epoch": market.next_epoch,
                    "time": status.schedule.start(market.next_epoch),
                    "due": status.schedule.epoch(status.now) >= market.next_epoch,
                }
                for market in status.changes()
            ],
            "pools_to_be_told": [str(market.market_id) for market in status.untold()],
            "stops": {
                name: {"in_force": until > status.now, "until": until, "possible_again": again}
                for name, (until, again) in status.stops().items()
            },
        },
        "engines": [{"program": str(engine.program), "listed": engine.active} for engine in status.engines],
        "treasury_fees": {str(pool.market_id): pool.treasury_fees for pool in status.pools},
    }


def applied_document(plan: Plan, applied: Any) -> dict[str, Any]:
    """What landed."""
    return {
        "power": plan.power,
        "signature": str(applied.outcome.signature),
        "slot": applied.outcome.slot,
        "units": applied.outcome.units,
        "changes": [
            {"field": f"{change.place}.{change.field}", "before": change.before, "after": change.after}
            for change in applied.changes
        ],
        "as_planned": True,
    }


def _row(power: Power) -> str:
    programs = ", ".join(f"`{program}`" for program in power.programs)
    changes = ", ".join(f"`{field}`" for field in power.changes)
    cells = (f"`{power.name}`", programs, power.role.words, changes, f"{power.sentence} Takes effect {power.effect}.")
    return f"| {' | '.join(cells)} | {power.cannot} |"
