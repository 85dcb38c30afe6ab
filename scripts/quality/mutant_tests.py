"""Which tests concern a mutant: from the evidence of the last test run, the nearest first."""

from __future__ import annotations

from scripts.quality.evidence import Fact
from scripts.quality.mutate import Mutant
from scripts.quality.program_source import Sources

QUICK = ("tests/programs/", "tests/attacks/", "tests/stories/")
"""Whole runs of the demo would show no more and take minutes a mutant."""


def concerned(mutant: Mutant, program: str, sources: Sources, facts: set[Fact]) -> list[list[str]]:
    """Groups of tests to try in turn: those that provoked the very refusal, then all that ran its instructions.

    Those that bound compute units come last: switches cost units, so that they tend to fail anyway.
    """
    ran = [fact for fact in facts if fact.program == program and fact.test.startswith(QUICK)]
    groups: list[list[str]] = []
    if mutant.kind == "assert":
        message = mutant.change.removeprefix("removed '").removesuffix("'")
        groups.append(sorted({fact.test for fact in ran if fact.kind == "refusal" and fact.detail == message}))
    reaching = {name for name in sources.instructions(program) if _reaches(sources, program, name, mutant)}
    own = sorted({fact.test for fact in ran if fact.instruction in reaching and f"/{program}/test_" in fact.test})
    rest = sorted({fact.test for fact in ran if fact.instruction in reaching} - set(own))
    groups += [own, rest]
    bounding = {fact.test for fact in ran if fact.kind == "units"}
    return [sorted(group, key=lambda test: (test in bounding, test)) for group in groups if group]


def _reaches(sources: Sources, program: str, instruction: str, mutant: Mutant) -> bool:
    for module, node in sources.reachable(program, instruction):
        if mutant.kind == "constant":
            if mutant.function in module.constants and mutant.function in module.names(node):
                return True
        elif module.path.as_posix().endswith(mutant.place.split(":")[0]) and node.name == mutant.function:
            return True
    return False
