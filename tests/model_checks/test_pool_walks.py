"""Random lives of a pool: money is conserved, no ledger goes negative, nobody gains from rounding."""

import random
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace

import pytest

from tests.model.claims.registry import Receipt, Registry, Report, complete, report
from tests.model.pool import stake
from tests.model.pool.deposits import deposit
from tests.model.pool.requests import cancel, report_reserve, request
from tests.model.pool.shares import assets_for
from tests.model.pool.state import Pool, Position, ledger
from tests.model.pool.vesting import credit_premium
from tests.model.pool.withdrawals import execute
from tests.model.refusals import Refused

USDC = 1_000_000


@dataclass
class Life:
    """A pool, its providers and the tokens in its vault, moved by a seeded source."""

    source: random.Random
    pool: Pool = field(default_factory=Pool)
    registry: Registry = field(default_factory=lambda: Registry(threshold=1_000 * USDC))
    positions: list[Position] = field(default_factory=list)
    vault: int = 0
    epoch: int = 0
    paid_in: int = 0

    def deposit(self) -> None:
        amount = self.source.choice([10 * USDC, self.source.randint(10 * USDC, 10**12)])
        self.pool, position = deposit(self.pool, amount, self.epoch)
        assert assets_for(self.pool, position.shares) <= amount
        self.positions.append(position)
        self.vault += amount

    def premium(self) -> None:
        amount = self.source.choice([1, self.source.randint(1, 10**9)])
        arrears = self.source.choice([0, 0, self.source.randint(1, 10**8)])
        self.pool = credit_premium(self.pool, amount, self.epoch, arrears, 0)
        self.vault += amount

    def stake(self) -> None:
        amount = self.source.randint(1, 10**9)
        self.pool = stake.fund(self.pool, amount)
        self.vault += amount

    def score(self) -> None:
        required = self.source.choice([0, self.source.randint(0, max(1, self.pool.available))])
        self.pool = report_reserve(replace(self.pool, score_epoch=self.epoch, required_reserve=required), self.epoch)

    def request(self) -> None:
        place = self.source.randrange(len(self.positions))
        position = self.positions[place]
        shares = self.source.choice([1, position.shares, self.source.randint(1, max(1, position.shares))])
        self.pool, self.positions[place] = request(self.pool, position, shares, self.epoch)

    def cancel(self) -> None:
        place = self.source.randrange(len(self.positions))
        self.pool, self.positions[place] = cancel(self.pool, self.positions[place], self.epoch)

    def execute(self) -> None:
        place = self.source.randrange(len(self.positions))
        asked = self.positions[place]
        self.pool, self.positions[place], paid = execute(self.pool, asked, self.epoch)
        assert paid.gross <= asked.request_value and paid.net + paid.fee == paid.gross
        self.vault -= paid.net

    def claim(self) -> None:
        size = self.source.choice([500 * USDC, 2_000 * USDC, self.source.randint(1, 10**12)])
        reported = Report(self.registry.counter + size, 0, 0, 0)
        self.registry, self.pool, _ = report(self.registry, self.pool, reported)

    def release(self) -> None:
        self.registry, self.pool, receipt = complete(self.registry, self.pool)
        assert receipt.payout == receipt.first_loss_tier + receipt.premium_tier + receipt.capital_tier
        assert receipt.payout == receipt.net_paid + receipt.fee + receipt.arrears_offset
        assert receipt.payout + receipt.uncovered == receipt.deficit
        self.vault -= receipt.net_paid

    def wait(self) -> None:
        self.epoch += self.source.choice([1, 4, 96, 700, 2_000])

    def check(self) -> None:
        assert self.vault == ledger(self.pool)
        for entry in fields(Pool):
            value = getattr(self.pool, entry.name)
            assert not isinstance(value, int) or value >= 0, entry.name
        live = [position for position in self.positions if position.generation == self.pool.generation]
        assert self.pool.total_shares == sum(position.shares for position in live)
        assert self.pool.pending_shares == sum(position.requested_shares for position in live)
        assert self.pool.pending_value == sum(position.request_value for position in live)


MOVES = ("deposit", "premium", "stake", "score", "request", "cancel", "execute", "execute", "claim", "release", "wait")


@pytest.mark.parametrize("seed", range(25))
def test_a_life_conserves_every_atom(seed: int) -> None:
    life = Life(random.Random(seed))
    life.deposit()
    done = 0
    for _ in range(250):
        before = life.pool
        try:
            getattr(life, life.source.choice(MOVES))()
            done += 1
        except Refused:
            assert life.pool is before
        life.check()
    assert done > 100


@pytest.mark.parametrize("seed", range(25))
def test_everyone_can_leave_in_the_end(seed: int) -> None:
    life = Life(random.Random(1_000 + seed))
    life.deposit()
    for _ in range(120):
        with suppress(Refused):
            getattr(life, life.source.choice(MOVES))()
    if life.registry.open:
        life.release()
    live = [p for p in life.positions if p.shares and p.generation == life.pool.generation]
    for position in live:
        if not position.requested_shares:
            life.pool, position = request(life.pool, position, position.shares, life.epoch)
        life.epoch += 10_000
        life.pool, position, paid = execute(life.pool, position, life.epoch)
        life.vault -= paid.net
        assert position.requested_shares == 0
        assert life.vault == ledger(life.pool)


@pytest.mark.parametrize("seed", range(200))
def test_deposit_then_withdraw_never_gains(seed: int) -> None:
    source = random.Random(seed)
    pool = Pool(
        available=source.choice([0, source.randint(0, 10**13)]),
        total_shares=source.choice([0, source.randint(0, 10**13)]),
        unsettled=source.choice([0, source.randint(0, 10**11)]),
    )
    amount = source.randint(10 * USDC, 10**12)
    try:
        pool, position = deposit(pool, amount, 0)
    except Refused:
        return
    assert assets_for(pool, position.shares) <= amount


def test_a_report_of_every_size_is_a_claim_only_above_the_threshold() -> None:
    pool, _ = deposit(Pool(), 10_000 * USDC, 0)
    registry = Registry(threshold=1_000 * USDC)
    for size in (1, 999_999_999, 1_000_000_000, 1_000_000_001, 10**12):
        result = report(registry, pool, Report(size, 0, 0, 0))[2]
        assert isinstance(result, Receipt) == (size > 1_000 * USDC)
