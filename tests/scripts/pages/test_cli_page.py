"""docs/cli.md names every command, each answers --help, and its examples are commands that exist."""

import re
from collections.abc import Iterator

import click
import pytest

from offchain.cli import COMMANDS, percosec, run
from offchain.settings.paths import ROOT
from scripts.pages import cli_plays
from scripts.pages.cli_page import KEPT, MOST_LINES, PLACE, TEMPLATE, shortened

PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def _paths(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command with its groups: ("withdraw",), ("withdraw", "request"), ..."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*above, name)
        if isinstance(command, click.Group):
            yield from _paths(command, (*above, name))


EVERY = sorted(_paths(percosec))  # type: ignore[arg-type]
TWO_WORDS = sorted({path[:2] for path in EVERY if len(path) > 1})


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Usage: percosec {' '.join(path)} ")
    assert len(shown.splitlines()[2].strip()) > 10, "a command says what it does"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_part_with_an_example(name: str) -> None:
    part = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert part is not None, f"docs/cli.md has no part about {name}: add it to scripts/pages/cli.md"
    assert f"$ percosec {name}" in part[1]


@pytest.mark.parametrize("path", TWO_WORDS, ids=" ".join)
def test_every_subcommand_is_named(path: tuple[str, str]) -> None:
    assert re.search(rf"\b{path[0]} {path[1]}\b", PAGE), f"docs/cli.md does not name {' '.join(path)}"


def test_every_example_is_a_command_that_exists() -> None:
    examples = re.findall(r"^\$ percosec (.+)$", PAGE, re.MULTILINE)
    assert len(examples) > 30
    for example in examples:
        words = example.split()
        assert any(tuple(words[: len(path)]) == path for path in EVERY), example


def test_the_examples_show_no_fault() -> None:
    assert "unexpected error" not in PAGE and "Traceback" not in PAGE
    assert not re.search(r"127\.0\.0\.1:(?!8899|8900|8080)", PAGE)
    assert "/tmp" not in PAGE


def test_the_page_is_made_from_its_template() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    places = PLACE.findall(template)
    assert all(hasattr(cli_plays, name) for name in places)
    for text in PLACE.split(template)[::2]:
        assert text.strip() in PAGE, "run scripts/cli_page again"


def test_long_output_keeps_its_ends() -> None:
    lines = [f"line {number}  " for number in range(MOST_LINES + 1)]
    short = shortened("\n".join(lines)).splitlines()
    assert len(short) == 2 * KEPT + 1 and short[0] == "line 0" and short[-1] == f"line {MOST_LINES}"
    assert short[KEPT] == f"[{MOST_LINES + 1 - 2 * KEPT} lines are left out here]"
    assert shortened("a \nb\n\n") == "a\nb"
