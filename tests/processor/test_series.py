"""Series for charts: nothing is lost between steps, and gaps are filled."""

from itertools import pairwise

import pytest
from sqlalchemy import text

from offchain.database.database import Database
from offchain.processor.series import SUMS, pool_series
from tests.processor.conftest import Recorded

DAY = 86_400


@pytest.fixture
def market(march_database: Database) -> str:
    """The one with claims."""
    with march_database.reading() as session:
        return str(session.execute(text("SELECT market_id FROM claims ORDER BY sequence LIMIT 1")).scalar_one())


@pytest.mark.parametrize("step", [900, 3_600, DAY])
def test_flows_explain_every_change_of_capital(
    march: Recorded, march_database: Database, market: str, step: int
) -> None:
    with march_database.reading() as session:
        steps = pool_series(session, market, march.now - 9 * DAY, march.now, step)
    assert [one.start for one in steps] == list(range(steps[0].start, march.now + 1, step))
    for before, after in pairwise(steps):
        moved = after.deposited - after.withdrawn - after.revested + after.vested
        moved -= after.performance_fee + after.claimed + after.swept
        assert after.available_balance - before.available_balance == moved
    assert sum(one.claimed for one in steps) > 0


def test_a_step_shows_its_last_row_and_a_gap_the_one_before(
    march: Recorded, march_database: Database, market: str
) -> None:
    with march_database.reading() as session:
        steps = pool_series(session, market, march.now - 2 * DAY, march.now, 300)
        rows = session.execute(
            text(
                "SELECT block_time, share_price, tvl, slot FROM share_prices WHERE market_id = :market "
                "ORDER BY slot, position, number"
            ),
            {"market": market},
        ).all()
    filled = 0
    for one in steps:
        last = [row for row in rows if row[0] < one.start + 300][-1]
        assert (one.share_price, one.tvl, one.slot) == (last[1], last[2], last[3])
        assert one.filled == (last[0] < one.start)
        if one.filled:
            filled += 1
            assert all(getattr(one, name) == 0 for name in SUMS)
    assert 0 < filled < len(steps)


def test_before_the_first_row_there_is_nothing(march: Recorded, march_database: Database, market: str) -> None:
    with march_database.reading() as session:
        first = session.execute(text("SELECT min(block_time) FROM share_prices")).scalar_one()
        steps = pool_series(session, market, first - 10 * DAY, first + DAY, DAY)
        assert steps[0].start + DAY > first >= steps[0].start
        assert pool_series(session, market, first - 10 * DAY, first - 2 * DAY, DAY) == []
        with pytest.raises(ValueError, match="at most 5000 steps"):
            pool_series(session, market, 0, march.now, 60)
