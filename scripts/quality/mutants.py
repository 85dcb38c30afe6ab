"""`scripts/mutants`: break the programs in every small way we know, and see whether a test notices."""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import dataclass
from functools import partial

from rich.console import Console
from rich.table import Table

from offchain.build.stage import Target
from offchain.build.toolchain import find_toolchain
from offchain.settings.paths import PROGRAMS, ROOT
from offchain.settings.project import load_project
from scripts.quality import evidence
from scripts.quality.evidence import Fact
from scripts.quality.mutant_build import MutatedProgram, build
from scripts.quality.mutant_run import Runner, Trial
from scripts.quality.mutant_tests import concerned
from scripts.quality.mutate import Mutant
from scripts.quality.program_source import Sources

KEPT = PROGRAMS / "target" / "mutants"
LISTED = ROOT / "docs" / "tables" / "surviving_mutants.toml"


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant."""

    program: str
    mutant: Mutant
    killer: str
    reason: str


def main() -> int:
    """Exit code 1 when an unlisted mutant survives or nothing was tried."""
    options = _options()
    console = Console()
    try:
        facts = evidence.load()
    except FileNotFoundError as error:
        sys.exit(f"mutants: {error}")
    target = Target(load_project(), load_project().profile("development"), "localnet", PROGRAMS)
    tools = find_toolchain(target.project.tools)
    names = options.programs or list(target.project.programs)
    with console.status("building all mutants of each program into one binary"):
        programs = [build(target, tools, name, KEPT) for name in names]
    first, every = options.slice
    chosen = [(program, mutant) for program in programs for mutant in program.mutants][first::every]
    if not chosen:
        sys.exit("mutants: nothing to try: the slice is empty")
    listed = {item["mutant"]: item["reason"] for item in tomllib.loads(LISTED.read_text()).get("survivor", [])}
    verdicts = _judge(console, chosen, facts, listed)
    return _report(console, verdicts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/mutants", description=__doc__)
    parser.add_argument("programs", nargs="*", metavar="NAME", help="programs to mutate (default: all)")
    parser.add_argument("--slice", type=_slice, default=(0, 1), metavar="I/N", help="every Nth mutant from the Ith")
    return parser.parse_args()


def _slice(text: str) -> tuple[int, int]:
    first, _, every = text.partition("/")
    if not (first.isdigit() and every.isdigit() and int(every) > int(first)):
        raise argparse.ArgumentTypeError("write I/N with I below N, such as 0/10")
    return int(first), int(every)


def _judge(
    console: Console, chosen: list[tuple[MutatedProgram, Mutant]], facts: set[Fact], listed: dict[str, str]
) -> list[Verdict]:
    sources = Sources()
    verdicts = []
    for program in {program.name: program for program, _ in chosen}.values():
        own = {mutant.number: mutant for other, mutant in chosen if other is program}
        tests = {number: concerned(mutant, program.name, sources, facts) for number, mutant in own.items()}
        with Runner(program) as run:
            killers = Trial(run, partial(_tell, console, program.name, own)).killers(tests)
        for number, mutant in own.items():
            reason = "" if killers[number] else listed.get(f"{program.name} {mutant.key}", "")
            verdicts.append(Verdict(program.name, mutant, killers[number], reason))
    return verdicts


def _tell(console: Console, program: str, mutants: dict[int, Mutant], number: int, killer: str) -> None:
    mutant = mutants[number]
    outcome = f"noticed by {killer}" if killer else "SURVIVES"
    console.print(f"{program} {mutant.place} {mutant.change}: {outcome}", soft_wrap=True, markup=False, highlight=False)


def _report(console: Console, verdicts: list[Verdict]) -> int:
    table = Table("program", "mutants", "killed", "listed", "unlisted survivors")
    for name in sorted({verdict.program for verdict in verdicts}):
        own = [verdict for verdict in verdicts if verdict.program == name]
        alive = [verdict for verdict in own if not verdict.killer]
        unlisted = [verdict for verdict in alive if not verdict.reason]
        table.add_row(
            name, str(len(own)), str(len(own) - len(alive)), str(len(alive) - len(unlisted)), str(len(unlisted))
        )
    console.print(table)
    unlisted = [verdict for verdict in verdicts if not verdict.killer and not verdict.reason]
    for verdict in unlisted:
        console.print(f"unlisted survivor: {verdict.program} {verdict.mutant.key}", soft_wrap=True, markup=False)
    killed = sum(bool(verdict.killer) for verdict in verdicts)
    console.print(f"mutants: {killed} of {len(verdicts)} killed, {len(unlisted)} unlisted survivors")
    return 1 if unlisted else 0
