"""Each assert, rounding and constant becomes a mutant that can be switched on."""

import pytest

from scripts.quality.elf import MARK, activate
from scripts.quality.mutate import rewrite, switch_constants, used_constants

SOURCE = """from seahorse.prelude import *
from lib.fixed import mul_div_up, div_up
from lib.generated.params import FEE

def act(a: u64) -> u64:
    assert a > 0, 'E_AMOUNT: give an amount'
    return mul_div_up(a, FEE, 10) + div_up(a, 3)
"""


def test_every_place_is_switchable_once() -> None:
    text, mutants = rewrite(SOURCE, "shop.py", first=5)
    assert [mutant.number for mutant in mutants] == [5, 6, 7]
    assert sorted(mutant.kind for mutant in mutants) == ["assert", "rounding", "rounding"]
    assert "assert mutant(5) or a > 0, 'E_AMOUNT: give an amount'" in text
    assert "mul_div(a, FEE, 10) if mutant(6) else mul_div_up(a, FEE, 10)" in text
    assert "a // 3 if mutant(7) else div_up(a, 3)" in text
    assert "from lib.fixed import mul_div_up, div_up, mul_div" in text


def test_a_source_without_places_is_left_alone() -> None:
    text, mutants = rewrite("def act() -> u64:\n    return 1\n", "shop.py", first=1)
    assert mutants == []
    assert "mutant" not in text


def test_only_used_constants_are_switched() -> None:
    assert used_constants(SOURCE) == {"FEE"}
    rust, mutants = switch_constants("seahorse_const! { FEE , 5 }\nseahorse_const! { BPS , 10000 }\n", {"FEE"}, first=9)
    assert [mutant.change for mutant in mutants] == ["FEE = 5 -> 6"]
    assert "if crate::active_mutant(9u64) { 6 } else { 5 }" in rust
    assert "seahorse_const! { BPS , 10000 }" in rust


def test_a_key_survives_moved_lines() -> None:
    _, before = rewrite(SOURCE, "shop.py", first=1)
    _, after = rewrite("\n\n" + SOURCE, "shop.py", first=1)
    assert [mutant.place for mutant in before] != [mutant.place for mutant in after]
    assert [mutant.key for mutant in before] == [mutant.key for mutant in after]


def test_activation_changes_only_the_switch() -> None:
    binary = b"ELF" + MARK.to_bytes(8, "little") + bytes(8) + b"rest"
    assert activate(binary, 0) == binary
    assert activate(binary, 258) == b"ELF" + MARK.to_bytes(8, "little") + (258).to_bytes(8, "little") + b"rest"


@pytest.mark.parametrize("binary", [b"ELF", 2 * (MARK.to_bytes(8, "little") + bytes(8))])
def test_a_binary_without_exactly_one_switch_is_refused(binary: bytes) -> None:
    with pytest.raises(ValueError, match="one mutation switch"):
        activate(binary, 1)
