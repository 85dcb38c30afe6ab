"""Table (b): instruction x {effect, event, each refusal, compute units} -> the test that shows it on bytecode."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.quality.evidence import Fact, best
from scripts.quality.program_source import Sources

NEVER_FAILS_ALONE = "refused by the account checks alone"


@dataclass
class InstructionTable:
    """Markdown lines and what is missing: an effect, an event or a refusal that no test shows."""

    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    cells: int = 0


def build(sources: Sources, facts: set[Fact]) -> InstructionTable:
    """One row a fact, grouped by program and instruction."""
    table = InstructionTable()
    provoked = {(fact.program, fact.detail) for fact in facts if fact.kind == "refusal"}
    for program in sources.programs:
        table.lines += ["", f"## {program}", "", "| instruction | fact | test |", "|---|---|---|"]
        unprovoked: dict[str, str] = {}
        for instruction in sources.instructions(program):
            _row(table, facts, program, instruction, "success", "", "effect", required=True)
            for event in sources.events(program, instruction):
                _row(table, facts, program, instruction, "event", event, f"event `{event}`", required=True)
            for refusal in sources.refusals(program, instruction):
                shown = _row(table, facts, program, instruction, "refusal", refusal.message, f"`{refusal.message}`")
                if not shown and (program, refusal.message) not in provoked:
                    unprovoked[refusal.message] = f"{refusal.file.name}:{refusal.line}"
            _row(table, facts, program, instruction, "units", "", "compute units", required=True)
        table.missing += [f"{program}: no test provokes '{message}' ({place})" for message, place in unprovoked.items()]
    return table


def _row(
    table: InstructionTable,
    facts: set[Fact],
    program: str,
    instruction: str,
    kind: str,
    detail: str,
    label: str,
    *,
    required: bool = False,
) -> bool:
    test = best(facts, program, instruction, kind, detail)
    table.cells += 1
    if test is None and kind == "refusal":
        return False  # shown under the instruction whose test provokes it
    table.lines.append(f"| `{instruction}` | {label} | {'`' + test + '`' if test else '**none**'} |")
    if test is None and required:
        table.missing.append(f"{program}.{instruction}: no test shows its {label}")
    return test is not None
