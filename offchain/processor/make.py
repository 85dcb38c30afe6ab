"""Makes the figures of one moment from the index."""

from sqlmodel import Session

from offchain.chain.epochs import Schedule
from offchain.processor.figures.failures import BASELINE_SECONDS, RECENT_SECONDS, failure_rates
from offchain.processor.figures.keepers import Earned, Spent, keeper_profit
from offchain.processor.figures.losses import Losses, losses
from offchain.processor.figures.periods import DAYS, start_of
from offchain.processor.figures.premiums import PremiumAdequacy, premium_adequacy
from offchain.processor.figures.utilisation import Utilisation, utilisation
from offchain.processor.figures.yields import Yield, pool_yield
from offchain.processor.rows import claims, failures, keepers, pools, premiums
from offchain.processor.rows.head import Head, slot_at
from offchain.processor.store import FailureFigures, KeeperFigures, MarketFigures
from offchain.settings.parameters import Parameters

PERIODS = (*DAYS, None)
"""Of sums; None: everything there is."""


def market_figures(
    session: Session, market: str, as_of: Head, schedule: Schedule, parameters: Parameters
) -> MarketFigures:
    """Of one market and its pool."""
    return MarketFigures(
        yields=_yields(session, market, as_of.time),
        losses=_losses(session, market, as_of.time),
        premiums=_premiums(session, market, as_of.time, schedule, parameters),
        utilisation=_utilisation(session, market, as_of.time, parameters.util_cap_bps),
    )


def keeper_figures(session: Session, as_of: Head, sol_price: int) -> dict[str, KeeperFigures]:
    """Of every wallet that ever kept a market. `sol_price`: 1e-6 USD for one SOL."""
    wallets = keepers.keepers(session)
    profits = {wallet: KeeperFigures([]) for wallet in wallets}
    afters = [start_of(days, as_of.time, 0) for days in DAYS]
    costs_by_period = keepers.spent(session, wallets, afters, as_of.slot) if wallets else []
    for days, after, spent in zip(DAYS, afters, costs_by_period, strict=False):
        earned = keepers.earned(session, after, as_of.time)
        for wallet in wallets:
            costs, income = spent.get(wallet, Spent(0, 0, 0, 0)), earned.get(wallet, Earned(0, 0, 0))
            profits[wallet].profits.append(keeper_profit(costs, income, sol_price, days, (after, as_of.time)))
    return profits


def failure_figures(session: Session, as_of: Head) -> FailureFigures:
    """Of everything that was called in the last hour and the day before it."""
    recent = slot_at(session, as_of.time - RECENT_SECONDS, as_of.slot)
    baseline = slot_at(session, as_of.time - RECENT_SECONDS - BASELINE_SECONDS, as_of.slot)
    return FailureFigures(
        failure_rates(
            failures.counts(session, recent, as_of.slot + 1),
            failures.counts(session, baseline, recent),
        )
    )


def _yields(session: Session, market: str, as_of: int) -> list[Yield]:
    since, end = pools.held_since(session, market), pools.share_point(session, market, as_of)
    return [
        pool_yield(pools.share_point(session, market, start_of(days, as_of, 0)), end, since, days, as_of)
        for days in DAYS
    ]


def _losses(session: Session, market: str, as_of: int) -> list[Losses]:
    first = pools.first_time(session, market)
    if first is None:
        return []
    paid = claims.completed_claims(session, market)
    found = []
    for days in PERIODS:
        # One second before the first row: what happens in that second belongs to the market's life.
        begin = max(first - 1, start_of(days, as_of, first - 1))
        routed = premiums.flows(session, market, begin, as_of).routed
        found.append(losses(paid, routed, days, begin, as_of))
    return found


def _premiums(
    session: Session, market: str, as_of: int, schedule: Schedule, parameters: Parameters
) -> list[PremiumAdequacy]:
    first = premiums.first_score(session, market)
    if first is None:
        return []
    found = []
    for days in PERIODS:
        begin = max(first[0], start_of(days, as_of, first[0]))
        epochs = schedule.epoch(begin), schedule.epoch(as_of)
        paid = premiums.flows(session, market, begin, as_of).paid
        ratings = premiums.ratings(session, market, epochs[0])
        found.append(premium_adequacy(ratings, paid, days, (begin, as_of), epochs, parameters))
    return found


def _utilisation(session: Session, market: str, as_of: int, cap_bps: int) -> list[Utilisation]:
    steps = pools.utilisation_steps(session, market, as_of - max(DAYS) * 86_400)
    found = []
    for days in DAYS:
        begin = start_of(days, as_of, 0)
        known = [number for number, (time, _) in enumerate(steps) if time <= begin]
        one = utilisation(steps[known[-1] if known else 0 :], days, begin, as_of, cap_bps)
        found += [one] if one else []
    return found
