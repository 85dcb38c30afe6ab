"""Two whole runs: March 2020 as it was, and the crash made twice as deep."""

from fractions import Fraction

import pytest

from offchain.demo.options import Options
from offchain.demo.result import Result
from tests.demo.runs import REQUIRED_UNITS, check_sound, document, of, played, pool_b


@pytest.fixture(scope="module")
def march() -> Result:
    """The default run."""
    return played(Options())


@pytest.fixture(scope="module")
def doubled() -> Result:
    """Falls from the first price doubled."""
    return played(Options(crash_scale=Fraction(2)))


def test_march_claims_are_paid_as_recomputed_and_small_deficits_log_noclaim(march: Result) -> None:
    found = document(march)
    check_sound(found)
    assert len(of(found, "claims", "A")) >= 3
    assert of(found, "no_claims", "A")
    assert all(claim["uncovered"] == 0 for claim in found["claims"])
    assert [claim["sequence"] for claim in found["claims"]] == list(range(1, len(found["claims"]) + 1))
    assert len({claim["signature"] for claim in found["claims"]}) == len(found["claims"])


def test_march_uses_every_tier_ahead_of_the_capital(march: Result) -> None:
    tiers = [claim["tiers"] for claim in document(march)["claims"]]
    for tier in ("margin", "fund", "first_loss", "premium", "capital"):
        assert any(one[tier] for one in tiers), tier


def test_march_is_scored_every_epoch_and_measured_before_the_crash(march: Result) -> None:
    for market in ("A", "B"):
        rows = of(document(march), "epochs", market)
        assert [row["epoch"] for row in rows] == list(range(960))
        assert all(0 < row["score"] <= 1_000_000 and row["rate"] >= 1_000 for row in rows)
        assert rows[0]["provisional"]
        assert not any(row["provisional"] for row in rows[3 * 96 :])
        assert {"leverage", "oi_ratio", "volatility", "funding_variance"} == set(rows[0]["factors"])


def test_march_volatility_is_measured_when_the_crash_begins(march: Result) -> None:
    rows = of(document(march), "epochs", "A")
    quiet, stormy = rows[2 * 96]["factors"]["volatility"], rows[3 * 96]["factors"]["volatility"]
    assert 0 < quiet < 950_000 < stormy


def test_march_one_provider_leaves_early_with_the_fee_and_one_after_the_lock_without(march: Result) -> None:
    for market in ("A", "B"):
        left = {row["provider"]: row for row in of(document(march), "withdrawals", market)}
        assert left["early"]["fee"] > 0
        assert left["patient"]["fee"] == 0
        assert left["patient"]["epoch"] >= 8 * 96 + 96


def test_march_measures_compute_units(march: Result) -> None:
    units = document(march)["compute_units"]
    for name in REQUIRED_UNITS:
        assert units[name]["count"] > 0, name
        assert 0 < units[name]["max"] <= 1_400_000, name


def test_twice_as_deep_the_pool_is_wiped_out_and_a_new_generation_begins(doubled: Result) -> None:
    found = document(doubled)
    check_sound(found)
    partly = [claim for claim in found["claims"] if 0 < claim["payout"] < claim["deficit"]]
    assert partly
    assert sum(claim["uncovered"] for claim in found["claims"]) > 0
    pool = doubled.desks[0].pool
    assert pool.generation >= 1
    later = [claim for claim in found["claims"] if claim["sequence"] > partly[0]["sequence"]]
    assert any(claim["tiers"]["capital"] for claim in later), "the next generation's capital pays the next claims"
    lost = {row["provider"] for row in of(found, "withdrawals", "A")}
    assert not lost & {"early", "patient"}, "whoever was in the pool when it was wiped out has nothing to withdraw"


def test_the_calm_market_is_untouched_to_the_atom(march: Result, doubled: Result) -> None:
    once, twice = document(march), document(doubled)
    assert of(once, "claims", "A") != of(twice, "claims", "A")
    assert of(once, "claims", "B") == of(once, "no_claims", "B") == []
    assert pool_b(once) == pool_b(twice)
    assert len(pool_b(once)["accounts"]) == 13
    pool = march.desks[1].pool
    assert pool.first_loss == march.desks[1].plan.first_loss
    assert pool.total_deposits == march.desks[1].plan.deposit(march.desks[1].plan.lps[0])
    assert pool.available_balance > pool.total_deposits
