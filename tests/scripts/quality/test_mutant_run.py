"""A mutant is killed by a test that fails with it and passes without it; everything else is no proof."""

from collections.abc import Sequence

import pytest

from scripts.quality.mutant_run import ORIGINAL, Trial

A, B, C = (f"tests/programs/shop/test_act.py::test_{name}" for name in "abc")


class Runs:
    """Stands for pytest: which tests fail with which mutant, and what was asked for."""

    def __init__(self, failing: dict[int, set[str]]) -> None:
        self.failing = failing
        self.asked: list[tuple[int, list[str]]] = []

    def __call__(self, number: int, arguments: Sequence[str]) -> tuple[int, str]:
        tests = [argument for argument in arguments if argument != "-x"]
        self.asked.append((number, tests))
        failed = [test for test in tests if test in self.failing.get(number, set())]
        shown = failed[:1] if "-x" in arguments else failed
        return (1 if failed else 0), "\n".join(
            [*(f"FAILED {test}[case 1] - assert 1 == 2" for test in shown), "the end"]
        )


def test_a_test_that_only_the_mutant_fails_kills_it() -> None:
    runs = Runs({7: {B}})
    assert Trial(runs).killers({7: [[A, B], [C]]}) == {7: B}
    assert runs.asked == [(7, [A, B]), (ORIGINAL, [B])]


def test_a_mutant_that_no_test_notices_survives() -> None:
    runs = Runs({7: {B}})
    assert Trial(runs).killers({8: [[A], [B, C]]}) == {8: ""}
    assert runs.asked == [(8, [A]), (8, [B, C])]


def test_a_mutant_without_tests_survives() -> None:
    runs = Runs({})
    assert Trial(runs).killers({8: []}) == {8: ""}
    assert runs.asked == []


def test_a_test_that_also_fails_without_a_mutant_proves_nothing() -> None:
    runs = Runs({ORIGINAL: {A}, 7: {A, C}, 8: {A}, 9: {B}})
    assert Trial(runs).killers({7: [[A, B, C]], 8: [[A, B]], 9: [[B]]}) == {7: C, 8: "", 9: B}
    assert runs.asked[3:] == [(ORIGINAL, [A, B]), (7, [B, C]), (8, [B]), (ORIGINAL, [C])]


@pytest.mark.parametrize(
    ("code", "output"),
    [
        (4, "ERROR: not found: tests/programs/shop/test_act.py::test_a"),
        (5, "no tests ran"),
        (1, "ERROR tests/programs/shop/test_act.py - SyntaxError"),
        (1, f"FAILED {C} - it was not asked for"),
        (0, f"FAILED {A} - but the code says otherwise"),
    ],
)
def test_tests_that_could_not_be_run_are_no_kill(code: int, output: str) -> None:
    with pytest.raises(RuntimeError, match="could not be run"):
        Trial(lambda *_: (code, output)).killers({7: [[A]]})
