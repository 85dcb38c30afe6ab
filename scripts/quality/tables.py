"""`scripts/tables`: write the tables of docs/tables, or check that they are up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from offchain.settings.paths import ROOT
from scripts.quality import design_table, evidence, instruction_table
from scripts.quality.program_source import Sources

FOLDER = ROOT / "docs" / "tables"
NOTE = "Made by `scripts/tables` from the sources and the last run of `./scripts/test`; CI checks it. Don't edit."


def main() -> int:
    """Exit code 1 when something has no test, or with --check when a file differs."""
    parser = argparse.ArgumentParser(prog="scripts/tables", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a table is out of date")
    options = parser.parse_args()
    try:
        facts = evidence.load()
    except FileNotFoundError as error:
        sys.exit(f"tables: {error}")
    design = design_table.build()
    instructions = instruction_table.build(Sources(), facts)
    if instructions.cells == 0:
        sys.exit("tables: no instruction was found in the programs' sources")
    pages = {
        FOLDER / "fixed_design.md": ["# The published design, item by item", "", NOTE, "", *design.lines],
        FOLDER / "instructions.md": ["# Every instruction, fact by fact", "", NOTE, *instructions.lines],
    }
    problems = design.missing + instructions.missing
    problems += [problem for path, lines in pages.items() if (problem := _settle(path, lines, write=not options.check))]
    for problem in problems:
        print(f"tables: {problem}")
    print(f"tables: {len(design.lines) - 2} design items, {instructions.cells} facts, {len(problems)} problems")
    return 1 if problems else 0


def _settle(path: Path, lines: list[str], *, write: bool) -> str | None:
    text = "\n".join(lines) + "\n"
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return None
    if not path.exists() or path.read_text() != text:
        return f"{path.relative_to(ROOT)} is out of date: run ./scripts/test and scripts/tables, and commit it"
    return None
