"""Every figure of two recorded lives, against the same computed another way, and altered rows that each must show."""

import time
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from solders.pubkey import Pubkey
from sqlalchemy import text
from sqlmodel import Session

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.pool_figures import pool_figures
from offchain.database.database import Database, open_database
from offchain.indexer.db_hash import db_hash
from offchain.processor.figures.failures import Call
from offchain.processor.processor import REST, Processor
from offchain.processor.rows.failures import counts
from offchain.processor.rows.head import head, slot_at
from offchain.processor.rows.pools import held_since, share_point
from offchain.processor.store import FailureFigures, KeeperFigures, MarketFigures, read_all_figures, read_figures
from tests.processor import independent
from tests.processor.conftest import PARAMETERS, Recorded

DAY = 86_400
SOL = 150_000_000


def made(database: Database) -> Processor:
    processor = Processor(database, PARAMETERS, SOL)
    assert processor.refresh()
    return processor


@pytest.fixture(scope="module")
def figured(march: Recorded, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """March with its figures."""
    database = march.copy(tmp_path_factory.mktemp("figured"))
    made(database)
    database.close()
    return database


def market_figures(database: Database) -> dict[str, MarketFigures]:
    with database.reading() as session:
        found = {market: each.figures for market, each in read_all_figures(session, MarketFigures).items()}
    database.close()
    return found


def test_yields_are_those_of_the_logs(march: Recorded, figured: Database) -> None:
    checked = 0
    for market, figures in market_figures(figured).items():
        for found in figures.yields:
            assert found.to_time == march.now
            if found.days == 30:
                assert found.return_e6 is None, "ten days are no month"
                continue
            begin, end = (
                independent.share_price(march, market, at) for at in (march.now - found.days * DAY, march.now)
            )
            assert begin[0] == end[0]
            grown = end[1] / begin[1]
            assert found.start_price == floor(begin[1] * 10**9) and found.end_price == floor(end[1] * 10**9)
            assert found.return_e6 == floor((grown - 1) * 10**6)
            assert found.apr_e6 == floor((grown - 1) * 10**6 * 365 / found.days)
            assert found.apy_e6 is not None and independent.yearly(grown, found.days)(found.apy_e6)
            assert not independent.yearly(grown, found.days)(found.apy_e6 + 1)
            checked += found.return_e6 != 0
    assert checked == 3, "one pool lost in both periods, the other earned over the week"


def test_the_last_share_price_is_the_accounts(march: Recorded, march_database: Database) -> None:
    chain = EmbeddedChain(march.chain)
    with march_database.reading() as session:
        for market in market_ids(session):
            point = share_point(session, market, march.now)
            address = LOCALNET.market(Pubkey.from_string(market)).pool
            pool = decode_account(InsurancePool, chain.account(address), LOCALNET.insurance_pool, address)
            row = session.execute(
                text("SELECT max(epoch) FROM share_prices WHERE market_id = :market"), {"market": market}
            ).scalar_one()
            figures = pool_figures(pool, row, PARAMETERS)
            assert point is not None
            assert (point.assets, point.shares) == (
                figures.priced_nav + PARAMETERS.virtual,
                pool.total_shares + PARAMETERS.virtual,
            )


def test_losses_are_those_of_the_logs(march: Recorded, figured: Database) -> None:
    seen = 0
    for market, figures in market_figures(figured).items():
        assert [found.days for found in figures.losses] == [1, 7, 30, None]
        for found in figures.losses:
            after = march.now - found.days * DAY if found.days else 0
            sums = independent.claims(march, market, after)
            premium = independent.premium(march, market, after)
            assert found.claims == sums["claims"]
            assert (found.deficits, found.losses, found.uncovered) == (
                sums["deficit_amount"],
                sums["payout_amount"],
                sums["uncovered"],
            )
            assert (found.first_loss, found.premium_lost, found.capital_lost) == (
                sums["first_loss_tier"],
                sums["premium_tier"],
                sums["capital_tier"],
            )
            assert found.premium == premium
            wanted = ceil(Fraction(found.losses * 10_000, premium)) if premium else None
            assert found.loss_ratio_bps == wanted
            seen += found.losses > 0
    assert seen == 4


def test_premium_adequacy_is_that_of_the_logs(march: Recorded, figured: Database) -> None:
    for market, figures in market_figures(figured).items():
        for found in figures.premiums:
            after = march.now - found.days * DAY if found.days in (1, 7) else found.from_time
            assert (found.from_time, found.to_time) == (after, march.now)
            assert found.premium + found.offset == independent.paid(march, market, after)
            exact = independent.due(march, market, found.from_epoch, found.to_epoch)
            scores = found.to_epoch - found.from_epoch
            assert exact <= found.due < exact + scores, "each score rounds up by less than an atom"
            assert found.adequacy_bps == (found.premium + found.offset) * 10_000 // found.due


def test_keepers_are_paid_and_pay_what_the_chain_recorded(march: Recorded, figured: Database) -> None:
    with figured.reading() as session:
        keepers = read_all_figures(session, KeeperFigures)
        earned = dict(session.execute(text("SELECT actor, sum(amount) FROM keeper_earnings GROUP BY actor")).all())
    figured.close()
    assert set(earned) <= set(keepers) and len(keepers) == 2
    for wallet, each in keepers.items():
        assert [profit.days for profit in each.figures.profits] == [1, 7, 30]
        for profit in each.figures.profits:
            count, fees, lamports = independent.costs(march, wallet, march.now - profit.days * DAY)
            assert (profit.spent.transactions, profit.spent.fees, profit.spent.lamports) == (count, fees, lamports)
            assert profit.cost == ceil(Fraction(lamports * SOL, 10**9))
            assert profit.profit == profit.earned_total - profit.cost
        assert each.figures.profits[-1].earned_total == earned.get(wallet, 0)


def test_utilisation_is_that_of_every_second(march: Recorded, figured: Database, march_database: Database) -> None:
    for market, figures in market_figures(figured).items():
        with march_database.reading() as session:
            rows = session.execute(
                text(
                    "SELECT block_time, required_reserve, nav FROM share_prices WHERE market_id = :market "
                    "ORDER BY slot, position, number"
                ),
                {"market": market},
            ).all()
        times = np.array([row[0] for row in rows])
        used = np.array([_utilisation(required, nav) for _, required, nav in rows])
        for found in figures.utilisation:
            seconds = used[np.searchsorted(times, np.arange(found.from_time, found.to_time), side="right") - 1]
            assert found.mean_bps == ceil(Fraction(int(seconds.sum()), len(seconds)))
            assert found.above_cap_bps == ceil(Fraction(int((seconds > 8_500).sum()) * 10_000, len(seconds)))
            assert found.max_bps == seconds.max()
            assert found.now_bps == used[-1]


def test_failures_are_those_of_the_records(story: Recorded, tmp_path: Path) -> None:
    with story.copy(tmp_path) as database:
        made(database)
        with database.reading() as session:
            found = read_figures(session, FailureFigures)
    assert found is not None
    (deposit, together) = sorted(found.figures.rates, key=lambda row: row.code, reverse=True)
    assert (deposit.program, deposit.instruction, deposit.code) == ("insurance_pool", "deposit", "E_MIN_DEPOSIT")
    assert (deposit.failed, together.failed, together.code) == (1, 1, "")
    recent = [record for record in story.chain.transactions() if record.block_time > story.now - 3_600]
    calls = sum("Instruction: Deposit" in line for record in recent for line in record.logs)
    assert deposit.calls == calls >= 1
    assert deposit.rate_e6 == 10**6 // calls


def test_every_call_of_a_life_is_counted_once(story: Recorded, story_database: Database) -> None:
    records = list(story.chain.transactions())
    with story_database.reading() as session:
        found = counts(session, 0, records[-1].slot + 1)
    logged = Counter(
        line.rpartition(" ")[2] for record in records for line in record.logs if "Program log: Instruction: " in line
    )
    for call, words in {
        Call("insurance_pool", "deposit"): "Deposit",
        Call("insurance_pool", "release_funds"): "ReleaseFunds",
        Call("risk_engine", "update_score"): "UpdateScore",
        Call("premium_manager", "set_rate"): "SetRate",
    }.items():
        assert found.calls[call] == logged[words] > 1
    assert sum(found.failures.values()) == sum(record.err is not None for record in records)


def test_a_wiped_pool_lost_everything_and_one_that_all_left_begins_anew(
    story: Recorded, story_database: Database
) -> None:
    """The story wipes the pool out, refills it, and then everybody leaves."""
    with story_database.reading() as session:
        (market,) = market_ids(session)
        wiped = session.execute(text("SELECT min(block_time) FROM share_prices WHERE generation = 1")).scalar_one()
        first = session.execute(text("SELECT min(block_time) FROM share_prices WHERE total_shares > 0")).scalar_one()
        before, after = share_point(session, market, wiped - 1), share_point(session, market, wiped)
        assert before is not None and after is not None
        assert (before.generation, after.generation) == (0, 1)
        assert held_since(session, market) is None, "nobody holds shares at the end"
    assert first < wiped


@pytest.mark.parametrize("generation", [0, 1])
def test_held_since_goes_on_through_a_wipe(story: Recorded, tmp_path: Path, generation: int) -> None:
    """Cut before everybody leaves, the pool has been held since the first deposit, wiped out or not."""
    with story.copy(tmp_path) as database, database.session() as session:
        (market,) = market_ids(session)
        last = session.execute(
            text("SELECT max(slot) FROM share_prices WHERE generation = :g AND total_shares > 0"), {"g": generation}
        ).scalar_one()
        session.execute(text("DELETE FROM share_prices WHERE slot > :last"), {"last": last})
        first = session.execute(text("SELECT min(block_time) FROM share_prices WHERE total_shares > 0")).scalar_one()
        assert held_since(session, market) == first


def test_slots_are_found_by_their_times(march_database: Database) -> None:
    with march_database.reading() as session:
        newest = head(session)
        assert newest is not None
        for days in (0, 1, 3, 9, 100):
            time = newest.time - days * DAY
            wanted = session.execute(
                text("SELECT min(slot) FROM transactions WHERE block_time > :time"), {"time": time}
            ).scalar()
            found = slot_at(session, time, newest.slot)
            assert found == newest.slot + 1 if wanted is None else found <= wanted
            inside = session.execute(
                text("SELECT min(block_time) FROM transactions WHERE slot >= :slot"), {"slot": found}
            ).scalar()
            assert inside is None or inside > time


EARLIER = "block_time < (SELECT max(block_time) FROM transactions) - 7200"
ALTERATIONS: dict[str, tuple[str, str, str, Callable[[Any], Any]]] = {
    "yields": ("share_prices", "price_assets = price_assets + 1000000", "1 = 1", lambda figures: figures.yields),
    "losses": ("claims", "payout_amount = payout_amount + 1", "1 = 1", lambda figures: figures.losses),
    "premium": ("premium_flows", "routed = routed + 1", "kind = 'routed'", lambda figures: figures.losses),
    "adequacy": ("premium_flows", "premium = premium + 1", "kind = 'collected'", lambda figures: figures.premiums),
    "floor": ("score_history", "open_interest = open_interest * 2", EARLIER, lambda figures: figures.premiums),
    "utilisation": ("share_prices", "utilisation_bps = 20000", EARLIER, lambda figures: figures.utilisation),
}
"""What: table, change, which rows (the last one of them is changed), and the figures that have to change with it."""


@pytest.mark.parametrize("what", ALTERATIONS)
def test_one_altered_row_shows(march: Recorded, figured: Database, tmp_path: Path, what: str) -> None:
    """So the comparisons above would have failed."""
    table, change, which, part = ALTERATIONS[what]
    before = market_figures(figured)
    with march.copy(tmp_path) as database:
        with database.session() as session:
            alter(session, table, change, which)
        made(database)
        after = market_figures(database)
    assert any(part(before[market]) != part(after[market]) for market in before)


@pytest.mark.parametrize(
    ("table", "change", "which"),
    [
        ("keeper_earnings", "amount = amount + 1", "1 = 1"),
        ("transactions", "fee = fee + 1", "slot <= (SELECT max(slot) FROM score_history)"),
    ],
)
def test_one_altered_payment_shows(
    march: Recorded, figured: Database, tmp_path: Path, table: str, change: str, which: str
) -> None:
    def keepers(database: Database) -> dict[str, KeeperFigures]:
        with database.reading() as session:
            found = {wallet: each.figures for wallet, each in read_all_figures(session, KeeperFigures).items()}
        database.close()
        return found

    before = keepers(figured)
    with march.copy(tmp_path) as database:
        with database.session() as session:
            alter(session, table, change, which)
        made(database)
        assert keepers(database) != before


async def test_a_step_refreshes_only_when_the_index_moved(march: Recorded, tmp_path: Path) -> None:
    with march.copy(tmp_path) as database:
        digest = db_hash(database)
        processor = Processor(database, PARAMETERS, SOL)
        first = await processor.step()
        assert (await processor.step())["made"] == first["made"] == 1
        with database.reading() as session:
            newest = head(session)
            found = read_figures(session, FailureFigures)
        assert newest is not None and found is not None
        assert found.as_of == newest and first["as_of_slot"] == newest.slot
        assert db_hash(database) == digest, "figures are local"


async def test_a_long_refresh_is_followed_by_a_long_rest(
    march: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with march.copy(tmp_path) as database:
        processor = Processor(database, PARAMETERS, SOL)
        began = time.monotonic()
        first = await processor.step()
        took, at_most = int(str(first["making_took_ms"])) / 1_000, time.monotonic() - began
        assert (1 + REST) * took <= processor._rest_until - began <= (1 + REST) * at_most
        monkeypatch.setattr(processor, "_rest_until", time.monotonic() + 3_600)
        with database.session() as session:
            session.execute(
                text("UPDATE transactions SET slot = slot + 1 WHERE slot = (SELECT max(slot) FROM transactions)")
            )
            session.commit()
        assert (await processor.step())["made"] == 1
        monkeypatch.setattr(processor, "_rest_until", time.monotonic())
        assert (await processor.step())["made"] == 2


def test_an_empty_database_has_no_figures(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'empty.db'}") as database:
        assert not Processor(database, PARAMETERS, SOL).refresh()
        with database.reading() as session:
            assert read_figures(session, FailureFigures) is None


def alter(session: Session, table: str, change: str, which: str) -> None:
    """Change the last of the rows."""
    last = session.execute(text(f"SELECT max(slot) FROM {table} WHERE {which}")).scalar_one()
    session.execute(text(f"UPDATE {table} SET {change} WHERE {which} AND slot = :last"), {"last": last})
    session.commit()


def market_ids(session: Session) -> list[str]:
    return list(session.execute(text("SELECT market_id FROM pools ORDER BY market_id")).scalars())


def _utilisation(required: int, nav: int) -> int:
    if required == 0:
        return 0
    return min(ceil(Fraction(required * 10_000, nav)), PARAMETERS.util_max_bps) if nav else PARAMETERS.util_max_bps
