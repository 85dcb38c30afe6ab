"""The premium manager's ledgers: escrow, floor and arrears."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS, down, up
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.step import Step


@dataclass(slots=True)
class Premium:
    """One market's premium account, atoms; a balance below zero is arrears."""

    market: Pubkey
    escrow_account: Pubkey | None = None
    genesis: int = 0
    epoch_seconds: int = 0
    rate_bps: int | None = None
    grade: int = 0
    open_interest: int = 0
    reserve_bps: int = 0
    score_epoch: int = 0
    escrow: int = 0
    balance: int = 0
    floor_epoch: int = 0
    negative_since: int | None = None
    acknowledged: int = 0

    def epoch_at(self, now: int) -> int:
        """The epoch of a unix time."""
        return (now - self.genesis) // self.epoch_seconds

    @property
    def arrears(self) -> int:
        """What the market owes."""
        return max(0, -self.balance)


class Premiums:
    """Every premium account."""

    def __init__(self, parameters: Parameters, problems: Problems) -> None:
        self._parameters = parameters
        self._problems = problems
        self.all: dict[Pubkey, Premium] = {}

    def open_premium(self, step: Step) -> None:
        """A blank account."""
        self.all[step.at("premium")] = Premium(step.said.arguments["market_id"])

    def open_escrow(self, step: Step) -> None:
        """Its escrow."""
        self._premium(step).escrow_account = step.at("escrow")

    def set_terms(self, step: Step) -> None:
        """Its calendar."""
        premium = self._premium(step)
        premium.genesis, premium.epoch_seconds = step.number("genesis"), step.number("epoch_seconds")

    def set_rate(self, step: Step) -> None:
        """A score: the floor so far, then the new rate."""
        premium, epoch = self._premium(step), step.number("epoch")
        self._accrue(premium, epoch)
        wanted = self._formula(step)
        old = premium.rate_bps
        premium.rate_bps = wanted if old is None else max(wanted, old - self._parameters.rate_fall_bps)
        premium.grade, premium.open_interest = step.number("grade"), step.number("open_interest")
        premium.reserve_bps = step.number("reserve_bps")
        premium.score_epoch = premium.floor_epoch = epoch

    def collect_fees(self, step: Step) -> None:
        """The premium's share of the market's fees."""
        premium = self._premium(step)
        if premium.rate_bps is None:
            raise ValueError("fees are collected before the first rate")
        share = up(step.number("gross"), premium.rate_bps, BPS)
        premium.escrow += share
        premium.balance += share
        self._note_sign(premium, premium.floor_epoch)
        step.expect("source", "escrow", share)

    def route_premiums(self, step: Step) -> None:
        """The escrow goes to keeper and pool; the pool is told of arrears."""
        premium = self._premium(step)
        epoch = premium.epoch_at(step.now)
        self._accrue(premium, epoch)
        bounty = 0
        if premium.rate_bps is not None and premium.score_epoch == epoch:
            share = down(premium.escrow, self._parameters.bounty_bps, BPS)
            bounty = min(share, self._parameters.bounty_max)
        step.expect("escrow", "keeper_token", bounty)
        told = step.call.children[-1].data
        found = tuple(int.from_bytes(told[at : at + 8], "little") for at in (8, 16, 24, 32))
        expected = (premium.escrow - bounty, epoch, premium.arrears, premium.acknowledged)
        self._problems.compare(f"premium, epoch, arrears and offset told to the pool by {step.place}", expected, found)
        premium.escrow = 0

    def report_arrears(self, step: Step) -> None:
        """The floor up to now, and whether the market has owed for too long, as the risk engine is told."""
        premium = self._premium(step)
        epoch = premium.epoch_at(step.now)
        self._accrue(premium, epoch)
        since = premium.negative_since
        flag = since is not None and epoch >= since + self._parameters.arrears_epochs
        told = step.call.children[0].data
        found = (int.from_bytes(told[8:16], "little"), told[16] != 0)
        self._problems.compare(f"arrears told by {step.place}", (epoch, flag), found)

    def pay_arrears(self, step: Step) -> None:
        """Someone pays what the market owes."""
        premium = self._premium(step)
        self._accrue(premium, premium.epoch_at(step.now))
        premium.escrow += step.number("amount")
        premium.balance += step.number("amount")
        self._note_sign(premium, premium.floor_epoch)
        step.expect("source", "escrow", step.number("amount"))

    def apply_offset(self, step: Step) -> None:
        """What the pool kept from payouts counts as paid."""
        premium = self._premium(step)
        premium.balance += step.number("cumulative") - premium.acknowledged
        premium.acknowledged = step.number("cumulative")
        self._note_sign(premium, premium.floor_epoch)

    def _formula(self, step: Step) -> int:
        parameters = self._parameters
        if step.number("score_restricted"):
            return parameters.rate_max_bps
        score = min(step.number("score"), parameters.score_restrict)
        rate = parameters.rate_base_bps + up(parameters.rate_span_bps, score, parameters.score_restrict)
        if step.number("utilization_bps") > parameters.util_cap_bps:
            rate = up(rate, 125, 100)
        return min(rate, parameters.rate_max_bps)

    def _due(self, premium: Premium, epochs: int) -> int:
        yearly = premium.open_interest * premium.reserve_bps * self._parameters.floor_bps[premium.grade]
        return up(yearly, epochs, BPS * BPS * self._parameters.epochs_per_year)

    def _accrue(self, premium: Premium, epoch: int) -> None:
        if premium.rate_bps is not None:
            owed = premium.balance - self._due(premium, epoch - premium.floor_epoch)
            premium.balance = min(owed, self._due(premium, self._parameters.floor_cap_epochs))
            premium.floor_epoch = epoch
            self._note_sign(premium, epoch)

    def _note_sign(self, premium: Premium, epoch: int) -> None:
        if premium.balance >= 0:
            premium.negative_since = None
        elif premium.negative_since is None:
            premium.negative_since = epoch

    def _premium(self, step: Step) -> Premium:
        return self.all[step.at("premium")]
