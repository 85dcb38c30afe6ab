"""The reader of Seahorse sources finds every refusal and event that an instruction can reach."""

from pathlib import Path

import pytest

from scripts.quality.program_source import Sources

ROOT = """
from seahorse.prelude import *
from lib.rules import check, emit_done

@instruction
def act(caller: Signer, amount: u64):
    assert amount > 0, 'E_AMOUNT: give an amount'
    check(caller.key())
    emit_done(amount)

@instruction
def rest(caller: Signer):
    return

def helper():
    assert False, 'E_NEVER: no instruction calls this'
"""
RULES = """
from seahorse.prelude import *

class Done(Event):
    amount: u64

def check(key: Pubkey):
    assert inner(key), 'E_AUTHORITY: sign with the right key'

def inner(key: Pubkey) -> bool:
    assert True, 'E_DEEP: two calls down'
    return True

def emit_done(amount: u64):
    e = Done(amount)
    e.emit()
"""


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    (tmp_path / "lib").mkdir()
    (tmp_path / "shop.py").write_text(ROOT)
    (tmp_path / "lib" / "rules.py").write_text(RULES)
    return Sources(tmp_path)


def test_only_decorated_functions_are_instructions(sources: Sources) -> None:
    assert sources.programs == ["shop"]
    assert sources.instructions("shop") == ["act", "rest"]


def test_refusals_are_followed_into_helpers(sources: Sources) -> None:
    assert {refusal.code for refusal in sources.refusals("shop", "act")} == {"E_AMOUNT", "E_AUTHORITY", "E_DEEP"}
    assert sources.refusals("shop", "rest") == []


def test_events_are_those_constructed_on_the_way(sources: Sources) -> None:
    assert sources.events("shop", "act") == ["Done"]
    assert sources.events("shop", "rest") == []


def test_an_assert_without_a_literal_message_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("@instruction\ndef act():\n    assert True, message\n")
    with pytest.raises(ValueError, match="needs a literal"):
        Sources(tmp_path).refusals("shop", "act")


def test_the_real_programs_have_instructions_with_refusals_and_events() -> None:
    real = Sources()
    assert len(real.programs) == 5
    deposit = {refusal.code for refusal in real.refusals("insurance_pool", "deposit")}
    assert {"E_PAUSED", "E_MIN_DEPOSIT", "E_VAULT", "E_EPOCH", "E_SLIPPAGE"} <= deposit
    assert real.events("insurance_pool", "deposit") == ["Deposited"]
