"""The pool program's instructions, replayed."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.settings.parameters import Parameters
from offchain.verify.read.borsh import Cursor
from offchain.verify.replay.arithmetic import BPS, up
from offchain.verify.replay.pool.payouts import pay
from offchain.verify.replay.pool.shares import credit, shares_for, vest
from offchain.verify.replay.pool.state import Payout, Pool, Position
from offchain.verify.replay.pool.withdrawals import cancel, execute, is_forced, request
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.step import Step

REPORT = ("u64", "u64", "u64", "u64", "bool")
"""Arguments of update_reserve: epoch, available, pending, utilisation, exit."""
DATA_START = 8


@dataclass(frozen=True, slots=True)
class Released:
    """A payout that left the pool."""

    market: Pubkey
    payout: Payout
    signature: str
    paid: int
    """What the raw transfer moved to the market's vault."""


class Pools:
    """Every pool."""

    def __init__(self, parameters: Parameters, problems: Problems) -> None:
        self._parameters = parameters
        self._problems = problems
        self.all: dict[Pubkey, Pool] = {}
        self.positions: dict[Pubkey, Position] = {}
        self.released: list[Released] = []

    def open_pool(self, step: Step) -> None:
        """A blank pool."""
        self.all[step.at("pool")] = Pool(step.said.arguments["market_id"])

    def open_vault(self, step: Step) -> None:
        """The vault of all its ledgers."""
        self._pool(step).vault = step.at("vault")

    def set_terms(self, step: Step) -> None:
        """The first push sets everything, later ones lock and notice of new positions."""
        pool = self._pool(step)
        if pool.market_vault is None:
            pool.market_vault = step.at("market_vault")
            pool.genesis, pool.epoch_seconds = step.number("genesis"), step.number("epoch_seconds")
            pool.performance_fee_bps = step.number("performance_fee_bps")
        pool.lock_epochs, pool.notice_epochs = step.number("lock"), step.number("notice")

    def set_risk(self, step: Step) -> None:
        """What the market's open interest needs."""
        self._pool(step).required = step.number("required_reserve")

    def deposit(self, step: Step) -> None:
        """A new position."""
        pool, epoch = self._vested(step)
        self._problems.compare(f"epoch of {step.place}", epoch, step.number("entry_epoch"))
        self.positions[step.at("position")] = Position(
            step.at("provider"), 0, 0, epoch + pool.lock_epochs, pool.lock_epochs, pool.notice_epochs, pool.generation
        )
        self._buy(step, pool)

    def top_up(self, step: Step) -> None:
        """More for the position of the same epoch."""
        pool, _ = self._vested(step)
        self._buy(step, pool)

    def _buy(self, step: Step, pool: Pool) -> None:
        position, amount = self._position(step), step.number("amount")
        shares = shares_for(pool, amount, self._parameters)
        position.deposited += amount
        position.shares += shares
        pool.available += amount
        pool.total_deposits += amount
        pool.total_shares += shares
        step.expect("source", "vault", amount)

    def request_withdrawal(self, step: Step) -> None:
        """A request opens."""
        pool, epoch = self._vested(step)
        request(pool, self._position(step), step.number("shares"), epoch, self._parameters)

    def cancel_withdrawal(self, step: Step) -> None:
        """A request ends unpaid."""
        position = self._position(step)
        if position.generation != self._pool(step).generation:
            position.clear_request()
            return
        pool, epoch = self._vested(step)
        cancel(pool, position, epoch, self._parameters)

    def execute_withdrawal(self, step: Step) -> None:
        """A request is paid; shares of an ended generation get nothing."""
        position, paid = self._position(step), 0
        caller, epoch = step.at("caller"), self._pool(step).epoch_at(step.now)
        if caller != position.provider and not is_forced(position, epoch, self._parameters):
            self._problems.add(f"caller in {step.place}", "the provider until the forced date", caller)
        if position.generation == self._pool(step).generation:
            pool, _ = self._vested(step)
            if epoch < position.request_epoch + position.notice_epochs:
                self._problems.add(f"notice in {step.place}", "executed after it", f"executed in epoch {epoch}")
            paid = execute(pool, position, epoch, self._parameters)
        else:
            position.shares = position.deposited = 0
            position.clear_request()
        step.expect("vault", "destination", paid)

    def flag_exit(self, step: Step) -> None:
        """A request has waited too long."""
        self._pool(step).exit = True

    def report_reserve(self, step: Step) -> None:
        """Vests, ends the exit mark when all requests fit, and tells the risk engine."""
        pool, epoch = self._vested(step)
        free = max(0, pool.available - up(pool.required, BPS, self._parameters.util_cap_bps))
        pool.exit = pool.exit and pool.pending_value > free
        cursor = Cursor(step.call.children[0].data, DATA_START)
        told = tuple(cursor.read(kind) for kind in REPORT)
        expected = (epoch, pool.available, pool.pending_value, self._utilization(pool), pool.exit)
        self._problems.compare(f"reserve told by {step.place}", expected, told)

    def _utilization(self, pool: Pool) -> int:
        most = self._parameters.util_max_bps
        if not pool.required:
            return 0
        return min(most, up(pool.required, BPS, pool.available)) if pool.available else most

    def credit_premium(self, step: Step) -> None:
        """A premium arrives from the escrow."""
        pool, epoch = self._vested(step)
        self._problems.compare(f"epoch of {step.place}", epoch, step.number("epoch"))
        credit(pool, step.number("amount"), epoch, self._parameters)
        pool.arrears, pool.acknowledged = step.number("arrears"), step.number("acknowledged")
        step.expect("escrow", "vault", step.number("amount"))

    def report_offset(self, step: Step) -> None:
        """The premium manager is told what payouts kept for arrears."""
        told = int.from_bytes(step.call.children[0].data[8:16], "little")
        self._problems.compare(f"offset told by {step.place}", self._pool(step).total_offset, told)

    def note_unsettled(self, step: Step) -> None:
        """A deficit that is no claim yet."""
        self._pool(step).unsettled = step.number("unsettled")

    def request_payout(self, step: Step) -> None:
        """A claim: computed from the ledger as it stands."""
        pool = self._pool(step)
        if pool.reserved is not None:
            self._problems.add(f"reserved payout in {step.place}", "none", f"claim {pool.reserved.sequence}")
        pay(pool, step.number("sequence"), step.number("claimable"), self._parameters)

    def release_funds(self, step: Step) -> None:
        """The reserved payout goes to the market."""
        pool = self._pool(step)
        payout, pool.reserved = pool.reserved, None
        if payout is None:
            raise ValueError("no payout is reserved")
        self._problems.compare(f"receiver of {step.place}", pool.market_vault, step.at("market_vault"))
        paid = sum(one.amount for one in step.moved)
        self.released.append(Released(pool.market, payout, step.transaction.signature, paid))
        step.expect("vault", "market_vault", payout.net)

    def pay_claim_fee(self, step: Step) -> None:
        """An executor collects."""
        self._pool(step).claim_fees -= step.number("amount")
        step.expect("vault", "destination", step.number("amount"))

    def collect_treasury(self, step: Step) -> None:
        """The treasury collects."""
        pool = self._pool(step)
        step.expect("vault", "destination", pool.treasury_fees)
        pool.treasury_fees = 0

    def fund_first_loss(self, step: Step) -> None:
        """The creator's stake grows."""
        self._pool(step).first_loss += step.number("amount")
        step.expect("source", "vault", step.number("amount"))

    def request_stake(self, step: Step) -> None:
        """The creator wants some of the stake back."""
        self._pool(step).stake_request = step.number("amount")

    def cancel_stake(self, step: Step) -> None:
        """Or not."""
        self._pool(step).stake_request = 0

    def execute_stake(self, step: Step) -> None:
        """The stake is paid back as far as it is still there."""
        pool = self._pool(step)
        paid = min(pool.stake_request, pool.first_loss)
        pool.first_loss -= paid
        pool.stake_request = 0
        step.expect("vault", "destination", paid)

    def _pool(self, step: Step) -> Pool:
        return self.all[step.at("pool")]

    def _position(self, step: Step) -> Position:
        return self.positions[step.at("position")]

    def _vested(self, step: Step) -> tuple[Pool, int]:
        pool = self._pool(step)
        epoch = pool.epoch_at(step.now)
        vest(pool, epoch, self._parameters)
        return pool, epoch
