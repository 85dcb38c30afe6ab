"""What is noted of a run does not depend on the order in which a worker's files came."""

import pytest

from tests.support import evidence
from tests.support.world import World, _Copy


def credited(program: str, instruction: str) -> bool:
    """Whether this test is named as one that shows the instruction's success."""
    assert evidence._current.startswith("tests/support/test_evidence.py::")
    return (program, instruction, "success", "", evidence._current) in evidence._facts


def test_the_copy_that_a_process_makes_once_is_no_tests_doing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Copy, "_made", None)
    world = World.fresh()
    assert not credited("insurance_pool", "init_config")
    world.market.deposit(world.user(usdc="50000"), "20000")
    assert credited("insurance_pool", "deposit")


@pytest.fixture(scope="session")
def shared() -> World:
    world = World.fresh()
    world.market.fund_house("1")
    return world


def test_a_sessions_fixture_is_no_tests_doing(shared: World) -> None:
    assert not credited("demo_market", "fund_house")
    shared.market.fund_house("1")
    assert credited("demo_market", "fund_house")
