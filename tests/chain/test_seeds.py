"""The seeds of the client are those of the program sources, all of them and no others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from solders.pubkey import Pubkey

from offchain.chain import seeds
from offchain.chain.addresses import PROGRAMS
from offchain.settings.paths import PROGRAMS_PY

SAME = {"market_id": {"market_id", "market"}, "market": {"market_id", "market"}}
"""Parts that are written in more than one way: a demo market's address is its market_id."""
BUMPS = {"bump", "config_bump", "pool_bump", "market_bump"}


def seed_lists(program: str) -> Iterator[list[str]]:
    """Each `seeds=[...]` and each list given to find_program_address in the program's root file, bumps left out."""
    tree = ast.parse((PROGRAMS_PY / f"{program}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "seeds":
            yield parts(node.value)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "find_program_address"
        ):
            yield parts(node.args[0])


def parts(node: ast.expr) -> list[str]:
    """The literal and the last name of each further part."""
    assert isinstance(node, ast.List)
    names = [_name(element) for element in node.elts]
    return [name for name in names if name not in BUMPS]


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return ast.unparse(node).removesuffix(".key()").rpartition(".")[2]


def initialised(program: str) -> dict[str, list[str]]:
    """Literal -> parts of every account that the program creates."""
    tree = ast.parse((PROGRAMS_PY / f"{program}.py").read_text(encoding="utf-8"))
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "init":
            template = parts(next(keyword.value for keyword in node.keywords if keyword.arg == "seeds"))
            found[template[0]] = template
    return found


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_account_a_program_creates_has_its_template(program: str) -> None:
    known = {template[0]: template for template in seeds.BY_PROGRAM[program].values()}
    created = initialised(program)
    assert set(created) == set(known)
    for literal, template in created.items():
        assert len(template) == len(known[literal])
        for written, expected in zip(template[1:], known[literal][1:], strict=True):
            assert written in SAME.get(expected, {expected}), (literal, written, expected)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_derivation_starts_with_a_known_literal(program: str) -> None:
    known = {template[0] for templates in seeds.BY_PROGRAM.values() for template in templates.values()}
    adapter = {"writer"}
    found = {template[0] for template in seed_lists(program)}
    assert found <= known | adapter | {seeds.PEER[0], seeds.RESOLVER[0]}


def test_sources_are_there() -> None:
    assert {Path(path).stem for path in PROGRAMS_PY.glob("*.py")} == set(PROGRAMS)


def test_integers_are_eight_little_endian_bytes() -> None:
    key = Pubkey.new_unique()
    assert seeds.encode(("claim", "market_id", "sequence"), (key, 258)) == [
        b"claim",
        bytes(key),
        b"\x02\x01" + bytes(6),
    ]


def test_parts_are_checked() -> None:
    with pytest.raises(ValueError, match="need 1 parts"):
        seeds.encode(("pool", "market_id"), ())
    for wrong in (-1, 1 << 64):
        with pytest.raises(ValueError, match="unsigned 64-bit"):
            seeds.encode(("claim", "sequence"), (wrong,))
