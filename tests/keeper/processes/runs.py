"""What the runs of this folder share: the hours of the crash, and what has to hold after each of them."""

from pathlib import Path

from solders.pubkey import Pubkey

from offchain.settings.keeper import KeeperSettings
from scripts.benches.march.book import read_book
from scripts.benches.march.points import points_in
from scripts.benches.march.run import Earned, Outcome

BEGIN, END = "2020-03-12T00:00", "2020-03-12T14:00"
"""The first fall of March 2020: claims, deficits below the threshold, and liquidations without a deficit.

`./scripts/bench march` plays all ten days.
"""
CLAIMS = 5
LIQUIDATIONS = 9


def assert_paid(outcome: Outcome) -> None:
    """Everything due was paid, once, to the atom: by the accounts, by the transfers and by the verifier."""
    assert outcome.faults() == []
    (market,) = outcome.audit.markets
    assert market.paid == market.due > 50_000 * 10**6
    assert market.uncovered == 0
    assert len(market.records) == len(market.payments) == CLAIMS
    assert len(market.liquidations) == LIQUIDATIONS
    assert market.no_claims >= 1


def assert_booked(keeper: Earned) -> None:
    """The keeper's ledger says what its balances on the chain say."""
    book = read_book(keeper.database, Pubkey.from_string(keeper.key))
    assert book.atoms == keeper.atoms
    assert book.lamports == keeper.lamports


def assert_richer(keeper: Earned) -> None:
    """It earned more than it spent, at the price of SOL in a keeper's settings."""
    assert keeper.lamports > 0
    assert keeper.profit(KeeperSettings().sol_price) > 0


def points_of(keeper: Earned) -> set[str]:
    """Every log point that its processes came to."""
    return {str(point) for point in points_in(Path(keeper.log), every_job=False)}
