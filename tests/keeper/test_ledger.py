"""The book: what it counts, what it forgets, and its halt."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.signature import Signature

from offchain.chain.backends.landed import Landed
from offchain.database.database import Database, open_database
from offchain.keeper.job import Job
from offchain.keeper.ledger import EXPIRED, REFUSED, Ledger, Total, now_ms

MARKET = Pubkey.new_unique()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    with open_database(f"sqlite:///{tmp_path / 'book.db'}") as found:
        yield found


@pytest.fixture
def ledger(database: Database) -> Ledger:
    """Somebody's book."""
    return Ledger(database, Pubkey.new_unique())


def signature() -> Signature:
    """A new one."""
    return Keypair().sign_message(b"")


def job(duty: str) -> Job:
    return Job(duty, MARKET, f"{duty}:1", ())


def land(ledger: Ledger, duty: str, lamports: int, usdc: int, code: str = "") -> Signature:
    """A transaction that was sent and landed."""
    name = signature()
    ledger.sent(str(name), job(duty), 1)
    ledger.landed(Landed(name, 7, 0, None, [], 100, 5_000, -lamports, {}), usdc, code)
    return name


def test_it_sums_by_duty_what_landed(ledger: Ledger) -> None:
    land(ledger, "score", 5_000, 0)
    land(ledger, "score", 5_000, 0, "E_EARLY")
    land(ledger, "premiums", 5_000, 100_000)
    for status in (EXPIRED, REFUSED):
        name = str(signature())
        ledger.sent(name, job("sync"), 1)
        ledger.never_landed(name, status, "E_STATE")
    assert ledger.totals() == [Total("premiums", 1, 0, 5_000, 100_000), Total("score", 2, 1, 10_000, 0)]
    assert ledger.spent_since(0) == 15_000
    assert ledger.spent_since(now_ms() + 1_000) == 0


def test_what_was_sent_and_has_no_end_is_unknown(ledger: Ledger) -> None:
    name = str(signature())
    ledger.sent(name, job("score"), 1)
    land(ledger, "score", 5_000, 0)
    assert [found for found, _ in ledger.unknown(now_ms())] == [name]
    assert ledger.unknown(0) == []
    ledger.sent(name, job("score"), 2)
    assert len(ledger.unknown(now_ms())) == 1


def test_each_wallet_has_its_own_book(database: Database, ledger: Ledger) -> None:
    land(ledger, "score", 5_000, 0)
    ledger.halt("enough")
    other = Ledger(database, Pubkey.new_unique())
    assert (other.totals(), other.halted(), other.spent_since(0)) == ([], None, 0)


def test_a_halt_keeps_its_first_reason_until_it_is_lifted_and_spending_counts_anew(ledger: Ledger) -> None:
    assert ledger.halted() is None
    assert ledger.counted_since(5) == 5
    ledger.halt("first")
    ledger.halt("second")
    assert ledger.halted() == "first"
    assert ledger.resume() == "first"
    assert ledger.resume() is None
    assert ledger.halted() is None
    assert ledger.counted_since(5) > 5
    ledger.halt("third")
    assert ledger.halted() == "third"
