"""The figures of a pool equal those of the independent twin, over many random pools."""

import random
from types import SimpleNamespace

import pytest

from offchain.chain.pool_figures import early_fee_bps, pool_figures, up
from offchain.settings.project import load_project
from tests.model.pool import requests, shares, utilization, vesting
from tests.model.pool.state import Pool

PARAMETERS = load_project().profile("development").parameters


def _random_pool(dice: random.Random) -> Pool:
    total_shares = dice.choice([0, 1, dice.randrange(10**6), dice.randrange(10**13)])
    start = dice.randrange(1_000)
    return Pool(
        available=dice.choice([0, dice.randrange(10**7), dice.randrange(2 * 10**13)]),
        unvested=dice.choice([0, 1, dice.randrange(10**12)]),
        vest_epoch=start,
        vest_end=start + dice.randrange(1, 97),
        residual=dice.choice([0, dice.randrange(10**9)]),
        total_shares=total_shares,
        high_water_mark=10**9 + dice.randrange(10**9),
        unsettled=dice.choice([0, dice.randrange(10**12)]),
        required_reserve=dice.choice([0, dice.randrange(10**13)]),
        score_epoch=start - dice.randrange(4) if start > 4 else start,
        performance_fee_bps=dice.randrange(500, 1_001),
    )


def _as_account(pool: Pool) -> SimpleNamespace:
    fields = {name: getattr(pool, name) for name in Pool.__dataclass_fields__}
    return SimpleNamespace(**fields, available_balance=pool.available)


@pytest.mark.parametrize("seed", range(400))
def test_the_twin_agrees(seed: int) -> None:
    dice = random.Random(seed)
    pool = _random_pool(dice)
    epoch = pool.vest_epoch + dice.randrange(120)
    figures = pool_figures(_as_account(pool), epoch, PARAMETERS)
    after = vesting.vest(pool, epoch)
    assert (figures.nav, figures.unvested) == (after.available, after.unvested)
    assert figures.utilisation_bps == utilization.utilization_bps(after)
    assert figures.withdrawable == utilization.withdrawable(after)
    assert figures.fresh == utilization.is_fresh(after, epoch)
    held = dice.randrange(pool.total_shares + 1)
    assert figures.assets(held) == shares.assets_for(after, held)
    paid = dice.randrange(10**13)
    assert figures.minted(paid) == shares.shares_for(after, paid)
    wanted = dice.randrange(figures.priced_nav + 1)
    fewest = figures.shares_for(wanted)
    if fewest <= pool.total_shares and fewest:
        assert figures.assets(fewest) >= min(wanted, figures.nav)
        assert figures.assets(fewest - 1) < wanted


@pytest.mark.parametrize("remaining", [0, 1, 2, 671, 1_343, 1_344])
def test_the_early_fee_is_the_twins(remaining: int) -> None:
    assert early_fee_bps(1_000, 1_000 + remaining, 1_344, PARAMETERS) == requests.early_fee_bps(remaining, 1_344)


def test_rounding_up() -> None:
    assert (up(0, 3), up(1, 3), up(3, 3), up(4, 3)) == (0, 1, 1, 2)
