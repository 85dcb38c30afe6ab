"""docs/prices.md names what the code does: refusals, reasons, settings, tables and commands; its example runs."""

import re
import textwrap
from dataclasses import fields, replace

from offchain.commands.prices import MODULES
from offchain.database.database import Database
from offchain.database.tables import metadata
from offchain.prices.bot.due import AGE, CONFIRM, FIRST, MOVE, SETTLE
from offchain.prices.verdict import MISSING, REFUSALS
from offchain.settings.paths import ROOT
from offchain.settings.prices import PriceSettings
from offchain.settings.tree import read_settings

TEXT = (ROOT / "docs" / "prices.md").read_text(encoding="utf-8")
FAILURES = {"timeout", "unreachable", "http", "garbage", MISSING}


def _rows(first_cell: str) -> list[str]:
    """The first cells of the table whose header starts with this cell."""
    table = TEXT.partition(f"| {first_cell} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)


def test_every_refusal_is_explained() -> None:
    named = set(re.findall(r"`(\w+)`", " ".join(_rows("refused as"))))
    assert named == {*REFUSALS, *FAILURES}


def test_every_reason_to_write_is_explained() -> None:
    assert {cell.strip("`") for cell in _rows("reason")} == {FIRST, AGE, MOVE, SETTLE, CONFIRM}


def test_the_settings_it_names_exist() -> None:
    known = {field.name for field in fields(PriceSettings)}
    named = set(re.findall(r"\(`(\w+)`\)", TEXT))
    assert named
    assert named <= known


def test_every_table_of_prices_is_named() -> None:
    tables = {name for name in metadata().tables if name.startswith("price_")}
    assert set(re.findall(r"`(price_\w+)`", TEXT)) == tables


def test_every_command_is_shown() -> None:
    assert set(re.findall(r"percosec prices (\w+)", TEXT)) == set(MODULES)


async def test_the_example_runs(database: Database) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    imports, _, body = code.partition("\n\n")
    found = read_settings(environment={})
    names = {"settings": replace(found, database=database.url.render_as_string(hide_password=False))}
    exec(f"{imports}\nasync def example():\n{textwrap.indent(body, '    ')}\n    return service", names)
    service = await names["example"]()  # type: ignore[operator]
    assert not service.status().running
