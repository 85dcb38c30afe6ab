"""Scores: what the engine tells premium manager, pool and market has to follow from what it was told."""

from dataclasses import dataclass, field

from solders.pubkey import Pubkey

from offchain.settings.parameters import Parameters
from offchain.verify.evidence.model import Call
from offchain.verify.read.borsh import Cursor
from offchain.verify.replay.arithmetic import BPS, up
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.risk.feeds import Feeds
from offchain.verify.replay.risk.standing import Standing, composite, factors, judge, raw_grade
from offchain.verify.replay.risk.window import Window, funding_factor, take_funding, take_sample, volatility_factor
from offchain.verify.replay.step import Step

RATE_ARGUMENTS = ("u64", "u64", "u8", "u64", "u64", "u64", "bool")
"""Of set_rate: epoch, score, grade, utilisation, open interest, reserve ratio, restricted."""
RISK_ARGUMENTS = ("u64", "u64", "u64", "u8")
"""Of set_risk: epoch, required reserve, open interest now, reasons."""
LIMIT_ARGUMENTS = ("u8", "u8", "u64", "u64")
"""Of apply_sync after its price: grade, reasons, leverage cap, open-interest cap."""
PRICE_BYTES = 25
DATA_START = 8


@dataclass(slots=True)
class Scored:
    """One market as the engine knows it."""

    max_leverage: int = 0
    announced: int = 0
    """The leverage cap of an announced change."""
    statistics: dict[str, int] | None = None
    reserve: dict[str, int] | None = None
    arrears: bool = False
    window: Window = field(default_factory=Window)
    standing: Standing = field(default_factory=Standing)


class Scores:
    """Every market's score."""

    def __init__(self, feeds: Feeds, parameters: Parameters, problems: Problems) -> None:
        self._feeds = feeds
        self._parameters = parameters
        self._problems = problems
        self._markets: dict[Pubkey, Scored] = {}
        """By the address of the market's inputs and, the same objects, of its config."""
        self._by_id: dict[Pubkey, Scored] = {}
        self._listed: dict[Pubkey, bool] = {}

    def open_market(self, step: Step) -> None:
        """A blank config."""
        self._open(step, "market_config")

    def open_inputs(self, step: Step) -> None:
        """Blank inputs."""
        self._open(step, "inputs")

    def _open(self, step: Step, name: str) -> None:
        self._markets[step.at(name)] = self._by_id.setdefault(step.said.arguments["market_id"], Scored())

    def activate_market(self, step: Step) -> None:
        """The market's own terms."""
        self._markets[step.at("market_config")].max_leverage = step.number("max_leverage")

    def announce_change(self, step: Step) -> None:
        """A new leverage cap, later."""
        self._markets[step.at("market_config")].announced = step.number("max_leverage")

    def apply_change(self, step: Step) -> None:
        """The announced cap holds."""
        market = self._markets[step.at("market_config")]
        market.max_leverage = market.announced

    def allow_engine(self, step: Step) -> None:
        """An engine is on the list."""
        self._listed[step.at("engine")] = True

    def restore_engine(self, step: Step) -> None:
        """And again."""
        self._listed[step.at("engine")] = True

    def remove_engine(self, step: Step) -> None:
        """And no more."""
        self._listed[step.at("engine")] = False

    def update_statistics(self, step: Step) -> None:
        """The market's means; older ones than those known change nothing."""
        market = self._markets[step.at("inputs")]
        if market.statistics is None or step.number("epoch") > market.statistics["epoch"]:
            market.statistics = {name: step.number(name) for name in step.said.arguments}

    def update_reserve(self, step: Step) -> None:
        """The pool's report."""
        self._markets[step.at("inputs")].reserve = {name: step.number(name) for name in step.said.arguments}

    def update_arrears(self, step: Step) -> None:
        """The premium manager's report."""
        self._markets[step.at("inputs")].arrears = bool(step.number("arrears"))

    def update_score(self, step: Step) -> None:
        """The score of an epoch."""
        market, epoch = self._markets[step.at("market_config")], self._feeds.epoch_at(step.now)
        said = market.statistics
        if said is None or said["epoch"] + 1 != epoch:
            raise ValueError(f"there are no statistics of epoch {epoch - 1}")
        sample = self._feeds.sample(step.at("feed"))
        if sample is not None:
            take_sample(market.window, sample, self._parameters)
        take_funding(market.window, said["cum_funding"], epoch, self._parameters)
        interest = max(said["oi_long"], said["oi_short"])
        volatility = volatility_factor(market.window, self._parameters)
        parts = factors(
            said["mean_leverage"], interest, said["depth"], volatility, funding_factor(market.window, self._parameters)
        )
        score = composite(parts)
        raw = raw_grade(score, parts, interest, said["depth"], said["mean_leverage"])
        judge(market.standing, epoch, score, raw, self._parameters)
        grade, restricted = market.standing.grade, market.standing.restricted
        reserve_bps = self._parameters.reserve_bps[grade]
        rate = (epoch, score, grade, self._utilization(market, epoch), interest, reserve_bps, restricted)
        required = up(interest, reserve_bps, BPS)
        risk = (epoch, required, said["oi_now"], self._reasons(market, step))
        tell_rate, tell_risk = step.call.children
        self._compare(f"score told to the premium manager by {step.place}", rate, tell_rate, RATE_ARGUMENTS)
        self._compare(f"risk told to the pool by {step.place}", risk, tell_risk, RISK_ARGUMENTS)

    def sync_market(self, step: Step) -> None:
        """Grade, reasons and caps as they are now."""
        market, epoch = self._markets[step.at("market_config")], self._feeds.epoch_at(step.now)
        scored = market.standing.epoch
        stale = scored is None or scored + self._parameters.stale_epochs < epoch
        reasons = self._reasons(market, step) + (self._parameters.reason_stale if stale else 0)
        grade = market.standing.grade
        leverage = min(market.max_leverage, self._parameters.leverage_cap[grade])
        limits = (grade, reasons, leverage, self._oi_cap(market, epoch, grade))
        told = Call(step.call.program, [], step.call.children[0].data[PRICE_BYTES:])
        self._compare(f"limits told to the market by {step.place}", limits, told, LIMIT_ARGUMENTS)

    def _oi_cap(self, market: Scored, epoch: int, grade: int) -> int:
        report = market.reserve
        if report is None or report["epoch"] + self._parameters.stale_epochs < epoch:
            return 0
        staying = max(0, report["available"] - report["pending"])
        return staying * self._parameters.util_cap_bps // self._parameters.reserve_bps[grade]

    def _utilization(self, market: Scored, epoch: int) -> int:
        report = market.reserve
        if report is None or report["epoch"] + self._parameters.stale_epochs < epoch:
            return self._parameters.util_max_bps
        return report["utilization_bps"]

    def _reasons(self, market: Scored, step: Step) -> int:
        names = self._parameters
        return (
            names.reason_score * market.standing.restricted
            + names.reason_arrears * market.arrears
            + names.reason_exit * bool(market.reserve and market.reserve["exit"])
            + names.reason_delisted * (not self._listed[step.at("engine")])
        )

    def _compare(self, place: str, expected: tuple[int, ...], call: Call, kinds: tuple[str, ...]) -> None:
        cursor = Cursor(call.data, DATA_START)
        self._problems.compare(place, expected, tuple(cursor.read(kind) for kind in kinds))
