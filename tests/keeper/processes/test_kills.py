"""kill -9 at every log point of the duties that move money, in one run of the crash: nothing is lost, nothing twice.

`./scripts/bench march --kill` does the same for every duty, and with `--every-job` for each single liquidation.
"""

from pathlib import Path

from scripts.benches.march.fleet import Kills
from scripts.benches.march.run import Plan, march
from tests.keeper.processes.runs import BEGIN, END, assert_booked, assert_paid, assert_richer, points_of

STEPS = ("seen", "simulated", "sent", "confirmed", "recorded")
DUTIES = ("liquidation", "resolution", "premiums")
"""What pays deficits, and what moves premiums."""


def test_a_keeper_killed_at_every_point_loses_nothing_and_pays_nothing_twice(tmp_path: Path) -> None:
    outcome = march(tmp_path, Plan(BEGIN, END, kills=Kills(DUTIES)))
    assert_paid(outcome)
    (keeper,) = outcome.keepers
    every = {f"{duty} {step}" for duty in DUTIES for step in STEPS}
    assert every <= set(keeper.kills)
    assert len(keeper.kills) == len(set(keeper.kills))
    assert {point for point in points_of(keeper) if point.split()[0] in DUTIES} == set(keeper.kills)
    assert_booked(keeper)
    assert_richer(keeper)


def test_a_second_keeper_takes_over_from_a_killed_one(tmp_path: Path) -> None:
    kills = Kills(("liquidation", "resolution"), restart=False)
    outcome = march(tmp_path, Plan(BEGIN, END, keepers=("first", "second"), kills=kills))
    assert_paid(outcome)
    first, second = outcome.keepers
    assert len(first.kills) == 1
    assert second.kills == ()
    assert_booked(second)
    assert_richer(second)
