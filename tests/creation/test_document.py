"""docs/creator.md says what the programs say."""

import re

import pytest

from offchain.chain.epochs import Schedule
from offchain.chain.idl import load_idl, snake
from offchain.creation.terms import TERMS
from offchain.settings.paths import ROOT
from offchain.settings.project import load_project

TEXT = (ROOT / "docs" / "creator.md").read_text(encoding="utf-8")
CALLS = (
    ("risk_engine", "activate_market"),
    ("risk_engine", "update_statistics"),
    ("premium_manager", "collect_fees"),
    ("insolvency_handler", "report_deficit"),
    ("demo_market", "apply_sync"),
    ("demo_market", "cover_deficit"),
    ("demo_market", "resolve_extreme"),
)


@pytest.mark.parametrize(("program", "name"), CALLS)
def test_a_call_has_accounts_and_arguments_of_the_idl(program: str, name: str) -> None:
    idl = next(found for found in load_idl(program)["instructions"] if snake(found["name"]) == name)
    accounts = [(snake(account["name"]), account["isSigner"]) for account in idl["accounts"]]
    shown = ", ".join(f"**{account}**" if signs else account for account, signs in accounts)
    arguments = ", ".join(f"{snake(argument['name'])}: {argument['type']}" for argument in idl["args"])
    title = name if program == "demo_market" else f"{program}.{name}"
    assert f"| `{title}` | {shown} | {arguments} |" in TEXT


def test_the_calls_are_all_that_the_project_knows() -> None:
    """Every call to and from the host among the project's calls between programs."""
    source = (ROOT / "seahorse_programs/programs_py/lib/demo/calls.py").read_text(encoding="utf-8")
    made = set(re.findall(r"= d_(\w+)\(\)", source))
    assert made == {f"{program}_{name}" for program, name in CALLS if program != "demo_market"}
    taken = {call for call in load_project().cpi_calls if call.startswith("demo_market.")}
    assert taken == {f"{program}.{name}" for program, name in CALLS if program == "demo_market"}


def test_every_term_stands_in_the_document_with_its_bounds() -> None:
    schedule, parameters = Schedule(0, 900), load_project().profile("release").parameters
    rows = dict(re.findall(r"^\| `(--[\w-]+)` \| (.*?) \|", TEXT, re.MULTILINE))
    for term in TERMS:
        numbers = re.findall(r"[0-9][0-9 ]*(?:\.[0-9]+)?", rows[term.option].replace("\u00a0", " "))
        units = {"d": 96, "epochs": 1}
        if term.name.endswith("_epochs"):
            found = [
                int(number) * units[unit] for number, unit in re.findall(r"([0-9]+) (d|epochs)", rows[term.option])
            ]
        else:
            found = [term.read(number.replace(" ", ""), schedule) for number in numbers]
        expected = [*term.bounds(parameters), term.default(parameters)] if term.default else [0]
        assert found == expected, term.option


def test_a_bound_of_one_atom_is_said_alike_in_the_document_and_by_every_client() -> None:
    schedule, parameters = Schedule(0, 900), load_project().profile("release").parameters
    rows = dict(re.findall(r"^\| `(--[\w-]+)` \| (.*?) \|", TEXT, re.MULTILINE))
    open_ended = [term for term in TERMS if term.show_bounds(schedule, parameters)[0] == "above 0"]
    assert [term.name for term in open_ended] == ["depth"]
    assert [option for option, row in rows.items() if row.startswith("above 0")] == ["--depth"]
