"""A mutant is killed by a test that fails with it and passes without it; everything else is no proof."""

import pytest

from scripts.quality import mutant_run
from scripts.quality.mutant_build import MutatedProgram
from scripts.quality.mutant_run import ORIGINAL, Trial

A, B, C = (f"tests/programs/shop/test_act.py::test_{name}" for name in "abc")


class Runs:
    """Stands for pytest: which tests fail with which mutant, and what was asked for."""

    def __init__(self, failing: dict[int, set[str]]) -> None:
        self.failing = failing
        self.asked: list[tuple[int, list[str]]] = []

    def __call__(self, _: MutatedProgram, number: int, tests: list[str]) -> tuple[int, str]:
        self.asked.append((number, tests))
        failed = [test for test in tests if test in self.failing.get(number, set())]
        return (1, f"FAILED {failed[0]}[case 1] - assert 1 == 2\n1 failed") if failed else (0, "3 passed")


def trial(monkeypatch: pytest.MonkeyPatch, failing: dict[int, set[str]]) -> tuple[Trial, Runs]:
    runs = Runs(failing)
    monkeypatch.setattr(mutant_run, "_pytest", runs)
    return Trial(MutatedProgram("shop", b"", [], "")), runs


def test_a_test_that_only_the_mutant_fails_kills_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, _ = trial(monkeypatch, {7: {B}})
    assert shop.killer(7, [A, B, C]) == B


def test_a_mutant_that_no_test_notices_survives(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, runs = trial(monkeypatch, {7: {B}})
    assert shop.killer(8, [A, B, C]) == ""
    assert runs.asked == [(8, [A, B, C])]


def test_a_test_that_also_fails_without_a_mutant_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, runs = trial(monkeypatch, {ORIGINAL: {A}, 7: {A, C}, 8: {A}})
    assert shop.killer(7, [A, B, C]) == C
    assert shop.killer(8, [A, B]) == ""
    assert runs.asked == [(7, [A, B, C]), (ORIGINAL, [A]), (7, [B, C]), (ORIGINAL, [C]), (8, [B])]


def test_each_test_is_tried_without_a_mutant_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, runs = trial(monkeypatch, {7: {A}, 8: {A}})
    assert shop.killer(7, [A]) == shop.killer(8, [A]) == A
    assert runs.asked.count((ORIGINAL, [A])) == 1


@pytest.mark.parametrize(
    ("code", "output"),
    [
        (4, "ERROR: not found: tests/programs/shop/test_act.py::test_a"),
        (5, "no tests ran"),
        (1, "ERROR tests/programs/shop/test_act.py - SyntaxError"),
        (1, f"FAILED {C} - it was not asked for"),
    ],
)
def test_tests_that_could_not_be_run_are_no_kill(monkeypatch: pytest.MonkeyPatch, code: int, output: str) -> None:
    shop, _ = trial(monkeypatch, {})
    monkeypatch.setattr(mutant_run, "_pytest", lambda *_: (code, output))
    with pytest.raises(RuntimeError, match="could not be run"):
        shop.killer(7, [A])
