"""Prices, scores and premiums by the twin, event by event."""

from typing import Any

from tests.model.feed.prices import Feed, push_price
from tests.model.numbers import root_up
from tests.model.parameters import RESERVE_BPS
from tests.model.premium import account as premiums
from tests.model.premium.account import Premium
from tests.model.score.grades import C, overlaid, plain_grade, raw_grade
from tests.model.score.update import Reserve, Risk, Statistics, update_score
from tests.model.volatility.window import deviation

Row = dict[str, Any]
FLOWS = {"gross": 0, "premium": 0, "bounty": 0, "routed": 0, "credited": 0}
FLOWS |= {"vested": 0, "performance_fee": 0, "offset": 0, "floor": 0}


class TwinFeed:
    """One price feed."""

    def __init__(self, feed_id: Any) -> None:
        self.feed_id, self.feed = feed_id, Feed()

    def take(self, event: Any, now: int, genesis: int, epoch_seconds: int) -> Row:
        """A PriceAccepted."""
        before = self.feed
        self.feed = push_price(before, event.after, event.conf, event.publish_time, now, genesis, epoch_seconds)
        names = "price conf publish_time provisional lag_price lag_time sample_price sample_epoch updates"
        return {
            "feed": str(event.feed),
            "feed_id": str(self.feed_id),
            "actor": str(event.actor),
            "price_before": before.price,
            **{name: getattr(self.feed, name) for name in names.split()},
        }


class TwinRisk:
    """One market's score and what was reported for it."""

    def __init__(self) -> None:
        self.risk = Risk()
        self.statistics: Statistics | None = None
        self.reserve: Reserve | None = None
        self.arrears = False

    def report(self, name: str, event: Any) -> None:
        """Market, pool and premium manager say how they are."""
        if name == "StatisticsReceived" and event.accepted:
            self.statistics = Statistics(
                event.epoch_after,
                event.open_interest_long,
                event.open_interest_short,
                event.mean_leverage,
                event.depth,
                event.cum_funding,
                event.open_interest_now,
            )
        elif name == "ReserveReceived":
            parts = (event.available_after, event.pending_withdrawals, event.utilization_after, event.exit_after)
            self.reserve = Reserve(event.epoch, *parts)
        elif name == "ArrearsReceived":
            self.arrears = event.after

    def score(self, event: Any, epoch: int, feed: Feed, listed: bool) -> Row:
        """A ScoreUpdated."""
        said, before = self.statistics, self.risk
        assert said is not None
        sample = (feed.sample_price, feed.sample_epoch)
        self.risk = risk = update_score(before, epoch, said, sample, self.reserve, self.arrears, listed)
        factors, standing, rates = risk.factors, risk.standing, risk.funding.rates
        overlay = overlaid(factors, risk.oi_ratio_bps, said.mean_leverage, risk.open_interest)
        variance = 0
        if rates:
            variance = (sum(rate * rate for rate in rates) * len(rates) - sum(rates) ** 2) // len(rates) ** 2
        return {
            "actor": str(event.actor),
            "composite_before": before.composite,
            "composite": risk.composite,
            "leverage_factor": factors.leverage,
            "oi_ratio_factor": factors.open_interest,
            "volatility_factor": factors.volatility,
            "funding_variance_factor": factors.funding,
            "mean_leverage": said.mean_leverage,
            "oi_ratio_bps": risk.oi_ratio_bps,
            "volatility": deviation(risk.window),
            "funding_deviation": root_up(variance),
            "open_interest": risk.open_interest,
            "open_interest_long": said.long,
            "open_interest_short": said.short,
            "depth": said.depth,
            "cum_funding": said.cumulative_funding,
            "sample_price": risk.window.last_price,
            "samples": risk.window.updates,
            "funding_samples": len(rates),
            "provisional": risk.provisional,
            "plain_grade": plain_grade(risk.composite),
            "overlay": overlay,
            "raw_grade": raw_grade(risk.composite, overlay),
            "grade_before": before.standing.grade if before.standing.has_score else C,
            "grade": standing.grade,
            "restricted": standing.restricted,
            "reasons_before": before.reasons,
            "reasons": risk.reasons,
            "better_waiting": standing.better_since is not None,
            "better_since": standing.better_since or 0,
            "better_grade": standing.better_grade if standing.better_since is not None else 0,
            "below_waiting": standing.below_since is not None,
            "below_since": standing.below_since or 0,
            "utilization_bps": risk.utilization_bps,
            "reserve_bps": RESERVE_BPS[standing.grade],
            "required_reserve": risk.required_reserve,
        }


class TwinPremium:
    """One market's premium account."""

    def __init__(self) -> None:
        self.premium = Premium()

    def take(self, name: str, event: Any, epoch: int) -> Row | None:
        """What an event of the premium manager moves; None where there is no row."""
        before = self.premium
        if name == "RateSet":
            said = (event.score, event.grade, event.utilization_bps, event.open_interest, event.reserve_bps)
            self.premium = premiums.set_rate(before, epoch, *said, event.score_restricted)
            return self._row("rate", before)
        if name == "FeesCollected":
            self.premium = premiums.collect_fees(before, event.gross)
            return self._row("collected", before, gross=event.gross, premium=self.premium.escrow - before.escrow)
        if name == "PremiumsRouted":
            self.premium, routed = premiums.route(before, epoch)
            return self._row("routed", before, bounty=routed.bounty, routed=routed.to_pool)
        if name == "ArrearsReported":
            self.premium = premiums.accrue(before, epoch)
            return self._row("arrears_reported", before)
        if name == "ArrearsPaid":
            self.premium = premiums.pay_arrears(before, event.amount, epoch)
            return self._row("arrears_paid", before, premium=event.amount)
        if name == "OffsetApplied":
            self.premium = premiums.apply_offset(before, event.after)
            return self._row("offset", before, offset=event.after - before.acknowledged_offset)
        return None

    def pool_moved(self, name: str, event: Any, share_price: Row) -> Row | None:
        """What reaches the providers with an event of the pool."""
        parts = {name: share_price[name] for name in ("vested", "performance_fee")}
        if name == "PremiumCredited":
            return self._row("credited", self.premium, credited=event.amount, **parts)
        return self._row("vested", self.premium, **parts) if parts["vested"] else None

    def _row(self, kind: str, before: Premium, **flows: int) -> Row:
        now = self.premium
        row = {**FLOWS, **flows, "kind": kind, "rate_bps": now.rate_bps or 0, "escrow": now.escrow}
        row |= {"balance": now.balance, "arrears": premiums.arrears(now)}
        row |= {name: getattr(now, name) for name in ("total_collected", "total_routed", "total_bounty")}
        row["floor"] = before.balance + row["premium"] + row["offset"] - now.balance
        return row
