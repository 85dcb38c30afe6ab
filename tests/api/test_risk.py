"""Scores as the chain holds them, and what would change them as the rules say."""

from typing import Any

from offchain.api.figures.grades import Held, flagged, grade_changes, plain_grade
from offchain.chain.events.generated.risk_engine import ScoreUpdated
from offchain.chain.events.parse import parse_events
from offchain.settings.project import load_project
from offchain.verify.replay.risk.standing import Standing, composite, judge, raw_grade
from tests.api.conftest import Lived

PARAMETERS = load_project().profile("development").parameters
NAMES = ["leverage", "open_interest", "volatility", "funding_variance"]


def scores(lived: Lived) -> list[ScoreUpdated]:
    """Every score, from the chain's own logs."""
    found = []
    for record in lived.story.world.local.transactions():
        if record.err is None:
            found += [event for event in parse_events(record.logs).events if isinstance(event, ScoreUpdated)]
    return found


def test_the_four_factors_are_the_accounts(lived: Lived, get: Any) -> None:
    score, body = lived.market.score, get(f"markets/{lived.id}/risk")
    assert [factor["name"] for factor in body["factors"]] == NAMES
    assert [factor["weight"] for factor in body["factors"]] == [35, 25, 20, 20]
    values = (score.leverage_factor, score.oi_ratio_factor, score.volatility_factor, score.funding_variance_factor)
    assert [factor["value"] for factor in body["factors"]] == list(values)
    raw = [int(factor["raw"]) for factor in body["factors"]]
    assert raw[:2] == [score.mean_leverage, score.oi_ratio_bps]
    assert body["factors"][2]["measured"] is (score.samples >= 96) is False
    assert (raw[2] > 0, min(raw[3], 10**6)) == (True, score.funding_variance_factor)
    assert (body["score"], body["epoch"]) == (score.composite_score, score.epoch)
    assert -(-sum(factor["weight"] * factor["value"] for factor in body["factors"]) // 100) == body["score"]
    assert body["required_reserve"] == str(score.required_reserve)
    assert body["open_interest"] == str(score.open_interest)


def test_the_overlay_and_the_grades_are_explained(lived: Lived, get: Any) -> None:
    body = get(f"markets/{lived.id}/risk")
    assert (body["plain_grade"], body["raw_grade"], body["grade"]) == ("A", "C", "C")
    assert body["overlay"]["active"] is True
    assert "volatility" in body["overlay"]["causes"][0]
    assert [(one["grade"], one["better"]) for one in body["changes"]] == [("B", True), ("D", False)]
    assert "once the overlay has ended" in body["changes"][0]["words"]
    rules = {rule["grade"]: rule for rule in body["grades"]}
    assert (rules["C"]["reserve_bps"], rules["C"]["floor_bps"], rules["C"]["leverage_cap"]) == (700, 2_500, 200_000)
    assert rules["Restricted"]["score_below"] is None


def test_the_history_holds_every_score_of_the_chain(lived: Lived, get: Any) -> None:
    told, found, cursor = scores(lived), [], None
    while True:
        page = get(f"markets/{lived.id}/risk/history", limit=7, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(found) == len(told) > 40
    for point, event in zip(found[::-1], told, strict=True):
        assert point["epoch"] == event.epoch
        assert (point["score_before"], point["score"]) == (event.score_before, event.score_after)
        assert point["mean_leverage"] == event.mean_leverage
        assert point["keeper"] == str(event.actor)


def test_what_would_change_the_grade_does_it_by_the_rules() -> None:
    parts = (400_000, 300_000, 500_000, 200_000)
    for grade, restricted in ((0, False), (1, False), (2, False), (3, False), (4, True)):
        for change in grade_changes(Held(grade, restricted, parts, False), PARAMETERS):
            for at, needed in enumerate(change.factors):
                if needed.value is None:
                    continue
                moved = list(parts)
                moved[at] = needed.value
                after = composite(tuple(moved))  # type: ignore[arg-type]
                assert (after <= change.score) if change.better else (after >= change.score)
                standing = Standing(epoch=9, grade=grade, restricted=restricted)
                for epoch in range(10, 120 if change.better else 11):
                    judge(standing, epoch, after, raw_grade(after, tuple(moved), 1, 100, 0), PARAMETERS)  # type: ignore[arg-type]
                reached = standing.grade
                wanted = ["A", "B", "C", "D", "Restricted"].index(change.grade)
                assert reached <= wanted if change.better else reached >= wanted


def test_one_step_less_does_not_change_it() -> None:
    parts = (400_000, 300_000, 500_000, 200_000)
    for change in grade_changes(Held(1, False, parts, False), PARAMETERS):
        for at, needed in enumerate(change.factors):
            if needed.value is None or needed.value in (0, 949_999, 10**6):
                continue
            moved = list(parts)
            moved[at] = needed.value + (1 if change.better else -1)
            after = composite(tuple(moved))  # type: ignore[arg-type]
            assert (after > change.score) if change.better else (after < change.score)


def test_each_cause_of_the_overlay_is_named() -> None:
    assert flagged((0, 0, 0, 0), 0, 0, 0) == []
    assert len(flagged((950_000, 0, 0, 0), 1, 7_001, 200_001)) == 3
    assert flagged((0, 0, 0, 0), 1, 7_000, 200_000) == []
    assert [plain_grade(score) for score in (0, 299_999, 300_000, 500_000, 650_000, 990_000)] == [0, 0, 1, 2, 3, 3]
