"""When a difference counts: never because a node reads in the middle of a slot, always when it stays."""

from copy import copy
from typing import Any

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.indexer.comparison.bench import Bench
from tests.indexer.conftest import Life

SLOT = 100
Pool = tuple[Pubkey, Account, Any]


@pytest.fixture(scope="module")
def pool(life: Life) -> Pool:
    """Address, account and the row that fits it."""
    address = life.world.at.market(life.world.market.id).pool
    account = life.world.local.account(address)
    assert account is not None
    return address, account, decode(InsurancePool, account.data)


def changed(row: Any) -> Any:
    twin = copy(row)
    twin.available_balance += 1
    return twin


def test_a_row_that_fits_is_judged_at_once(pool: Pool) -> None:
    address, account, row = pool
    bench = Bench()
    assert bench.judge({address: (SLOT, account)}, {address: (row, SLOT)}) == []
    assert bench.found.accounts.total() == 1
    assert bench.found.mismatches == []


def test_an_unknown_past_is_looked_at_again(pool: Pool) -> None:
    address, account, row = pool
    bench = Bench()
    assert bench.judge({address: (SLOT, account)}, {address: None}) == [address]
    assert bench.open == {address}
    assert bench.judge({address: (SLOT + 1, account)}, {address: (row, SLOT)}) == []
    assert bench.open == set()


def test_an_old_row_that_differs_twice_is_a_mismatch(pool: Pool) -> None:
    address, account, row = pool
    bench = Bench()
    assert bench.judge({address: (SLOT, account)}, {address: (changed(row), SLOT - 1)}) == [address]
    assert bench.found.mismatches == []
    assert bench.judge({address: (SLOT + 1, account)}, {address: (changed(row), SLOT - 1)}) == []
    (found,) = bench.found.mismatches
    assert found.field == "available_balance"


def test_a_row_of_the_slot_in_work_counts_only_when_nothing_moves(pool: Pool) -> None:
    address, account, row = pool
    bench = Bench()
    newer = Account(account.lamports + 1, account.data, account.owner)
    for held in (account, newer, account):
        assert bench.judge({address: (SLOT, held)}, {address: (changed(row), SLOT)}) == [address]
    assert bench.judge({address: (SLOT, account)}, {address: (changed(row), SLOT)}) == []
    assert len(bench.found.mismatches) == 1


def test_a_difference_that_goes_is_none(pool: Pool) -> None:
    address, account, row = pool
    bench = Bench()
    assert bench.judge({address: (SLOT, account)}, {address: (changed(row), SLOT - 1)}) == [address]
    assert bench.judge({address: (SLOT + 1, account)}, {address: (row, SLOT - 1)}) == []
    assert bench.found.mismatches == []


def test_missing_rows_and_accounts_are_mismatches(pool: Pool) -> None:
    address, account, row = pool
    for held, seen in (((None, -1), account), ((row, SLOT - 1), None)):
        bench = Bench()
        assert bench.judge({address: (SLOT, seen)}, {address: held}) == [address]
        assert bench.judge({address: (SLOT, seen)}, {address: held}) == []
        assert [one.field for one in bench.found.mismatches] == [None]
