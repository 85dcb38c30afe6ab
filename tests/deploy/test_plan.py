"""What a plan costs."""

from offchain.deploy.chunks import WRITE_UNITS
from offchain.deploy.plan import UNITS, Plan, Progress, Step


def nothing(_progress: Progress) -> None:
    """Does nothing."""


def test_fees_count_signatures_and_priority() -> None:
    step = Step("programs", "deploy", nothing, transactions=102, writes=100, signatures=1)
    assert step.fees(0) == 103 * 5_000
    assert step.fees(1_000) == 103 * 5_000 + (100 * WRITE_UNITS + 2 * UNITS) // 1_000


def test_fees_of_priority_round_up() -> None:
    step = Step("idl", "publish", nothing)
    assert step.fees(1) == 5_000 + 1


def test_what_is_held_meanwhile_is_needed_but_not_spent() -> None:
    first = Step("programs", "upgrade", nothing, rent=10, held=1_000_000)
    second = Step("programs", "upgrade", nothing, rent=20, held=400_000)
    plan = Plan((first, second))
    assert plan.rent == 30
    assert plan.fees == 10_000
    assert plan.needed == 10 + 1_000_000 + 5_000
    assert Plan((second, first)).needed == 20 + 5_000 + 10 + 1_000_000 + 5_000


def test_what_comes_back_is_not_needed() -> None:
    plan = Plan((Step("buffers", "close", nothing, rent=-500_000),))
    assert plan.needed == 0
    assert plan.rent == -500_000
