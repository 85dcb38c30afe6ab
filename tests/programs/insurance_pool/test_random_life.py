"""Random lives of a pool: after each step the bytecode and the twin agree on every ledger, and the vault on all."""

import random

from offchain.chain.errors import ProgramError
from tests.model import parameters as P
from tests.model.pool import deposits, payouts, requests, stake, vesting, withdrawals
from tests.model.pool.state import Pool, Position
from tests.model.refusals import Refused
from tests.programs.bench.cover import NOTICE, Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now, position

STEPS = 120
SEEDS = range(12)
Step = tuple[Pool, Position | None]


class Life:
    """One pool with three providers; each step is done on chain and by the twin, refusals included."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.cover = Cover()
        self.people = [self.cover.provider() for _ in range(3)]
        self.held: dict[tuple[int, int], Provider] = {}
        self.done: set[str] = set()
        self.sequence = 1
        while not self.held:
            self.deposit()

    def amount(self, most: int) -> int:
        """Between 1 atom and `most`, small ones as likely as large ones."""
        return min(most, int(10 ** self.random.uniform(0, len(str(most)))) + 1)

    def both(self, name: str, chain: object, twin: object, where: tuple[int, int] | None = None) -> None:
        """Runs one step on both and compares; both may refuse, with the same code."""
        expected: object = None
        code = None
        try:
            expected = twin()  # type: ignore[operator]
        except Refused as refused:
            code = refused.code
        before = now(self.cover)
        try:
            chain()  # type: ignore[operator]
        except ProgramError as error:
            assert error.code == code, f"{name}: {error}"
            assert now(self.cover) == before
            return
        assert code is None, f"{name}: the twin refuses with {code}"
        pool, held = expected if isinstance(expected, tuple) else (expected, None)
        assert now(self.cover) == pool, name
        if where is not None:
            assert position(self.cover, self.held[where], where[1]) == held, name
        self.done.add(name)

    def step(self) -> None:
        """One random step."""
        often = [self.wait, self.request, self.execute]
        others = [self.deposit, self.premium, self.risk, self.payout, self.unsettled, self.report, self.cancel]
        step = self.random.choice([*often, *often, *others, self.exit, self.fund])
        step()

    def deposit(self) -> None:
        """A new position or a top-up of this epoch's."""
        cover, index = self.cover, self.random.randrange(3)
        who, epoch, where = self.people[index], cover.epoch, (index, self.cover.epoch)
        amount = self.random.choice([10 * USDC - 1, 10 * USDC, 10 * USDC + self.amount(5_000 * USDC)])
        if where not in self.held:
            self.held[where] = who
            pool = now(cover)
            self.both(
                "deposit", lambda: cover.deposit(who, amount), lambda: deposits.deposit(pool, amount, epoch), where
            )
            if cover.data(cover.at.provider_position(who.key, epoch)) is None:
                del self.held[where]
            return
        pool, held = now(cover), position(cover, who, epoch)
        named = {"provider": who.key, "source": who.tokens, "position": cover.at.provider_position(who.key, epoch)}
        self.both(
            "top_up",
            lambda: cover.pool("top_up", {"amount": amount, "min_shares": 0}, **named),
            lambda: deposits.top_up(pool, held, amount, epoch),
            where,
        )

    def premium(self) -> None:
        amount, arrears = self.amount(2_000 * USDC), self.random.choice([0, 0, self.amount(100 * USDC)])
        pool, epoch = now(self.cover), self.cover.epoch
        acknowledged = self.random.randint(pool.acknowledged_offset, pool.total_offset)
        self.both(
            "premium",
            lambda: self.cover.premium(amount, arrears, acknowledged),
            lambda: vesting.credit_premium(pool, amount, epoch, arrears, acknowledged),
        )

    def wait(self) -> None:
        """Time passes; usually the score is fresh afterwards."""
        self.cover.later(self.random.choice([1, 2, 7, 50, NOTICE, NOTICE, 300, P.EXIT_AFTER, P.FORCE_AFTER + NOTICE]))
        if self.random.random() < 0.8:
            self.risk()

    def risk(self) -> None:
        available = now(self.cover).available
        required = self.random.choice([0, 0, self.amount(available + 1), available * 84 // 100])
        self.cover.set_risk(required=required, open_interest=required * 10)
        assert now(self.cover).required_reserve == required

    def payout(self) -> None:
        """A claim; the release is the pool's part of it only."""
        pool = now(self.cover)
        most = pool.available + pool.unvested + pool.first_loss + pool.residual + 1
        claimable = self.amount(most)
        if self.random.random() < 0.2:
            claimable = max(1, most - self.random.choice([0, 1, 100, 100_000]))
        sequence = self.sequence
        self.sequence += 1
        self.both(
            "payout",
            lambda: self.cover.payout(claimable, sequence),
            lambda: payouts.request_payout(pool, sequence, claimable),
        )
        self.cover.release_by_hand()
        now(self.cover)

    def unsettled(self) -> None:
        amount = self.random.choice([0, self.amount(1_000 * USDC)])
        self.cover.pool("note_unsettled", {"unsettled": amount})

    def report(self) -> None:
        pool, epoch = now(self.cover), self.cover.epoch
        self.both("report", lambda: self.cover.pool("report_reserve"), lambda: requests.report_reserve(pool, epoch))

    def fund(self) -> None:
        amount = self.amount(500 * USDC)
        pool = now(self.cover)
        self.both("fund", lambda: self.cover.stake(amount), lambda: stake.fund(pool, amount))

    def any_position(self, asked: bool = False) -> tuple[tuple[int, int], Provider, dict[str, object]]:
        """One of all positions; mostly of those with an open request when `asked`."""
        several = list(self.held)
        if asked and self.random.random() < 0.8:
            several = [at for at in several if position(self.cover, self.held[at], at[1]).requested_shares] or several
        where = self.random.choice(several)
        who = self.held[where]
        return where, who, {"provider": who.key, "position": self.cover.at.provider_position(who.key, where[1])}

    def request(self) -> None:
        where, who, named = self.any_position()
        cover, epoch = self.cover, self.cover.epoch
        pool, held = now(cover), position(cover, who, where[1])
        shares = self.random.choice([held.shares, self.random.randint(0, held.shares + 1)])
        self.both(
            "request",
            lambda: cover.pool("request_withdrawal", {"shares": shares}, **named),
            lambda: requests.request(pool, held, shares, epoch),
            where,
        )

    def cancel(self) -> None:
        where, who, named = self.any_position(asked=True)
        cover, epoch = self.cover, self.cover.epoch
        pool, held = now(cover), position(cover, who, where[1])
        self.both(
            "cancel",
            lambda: cover.pool("cancel_withdrawal", **named),
            lambda: requests.cancel(pool, held, epoch),
            where,
        )

    def execute(self) -> None:
        where, who, named = self.any_position(asked=True)
        cover, epoch = self.cover, self.cover.epoch
        pool, held = now(cover), position(cover, who, where[1])
        money, paid = cover.balance(who.tokens), []

        def twin() -> Step:
            served, left, result = withdrawals.execute(pool, held, epoch)
            paid.append(result.net)
            return served, left

        call = {"caller": who.key, "destination": who.tokens} | named
        self.both("execute", lambda: cover.pool("execute_withdrawal", {"min_assets": 0}, **call), twin, where)
        assert cover.balance(who.tokens) - money == (paid[0] if paid else 0)

    def exit(self) -> None:
        where, who, named = self.any_position(asked=True)
        cover, epoch = self.cover, self.cover.epoch
        pool, held = now(cover), position(cover, who, where[1])
        self.both(
            "exit",
            lambda: cover.pool("flag_exit", position=named["position"]),
            lambda: requests.flag_exit(pool, held, epoch),
        )


def live(seed: int) -> set[str]:
    """One whole life; the names of the steps that both accepted."""
    life = Life(seed)
    for _ in range(STEPS):
        life.step()
    return life.done


def test_bytecode_and_twin_agree() -> None:
    done = set().union(*(live(seed) for seed in SEEDS))
    every = {"deposit", "top_up", "premium", "payout", "report", "fund", "request", "cancel", "execute", "exit"}
    assert done == every
