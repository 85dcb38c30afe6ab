"""Every score of every market, with what it was made of."""

from offchain.database.tables.base import big
from offchain.database.tables.history import MarketHistory, in_order


class ScoreHistory(MarketHistory, table=True):
    """One ScoreUpdated. Scores and factors are 1e6 = 1.0; grades 0 A, 1 B, 2 C, 3 D, 4 Restricted."""

    __tablename__ = "score_history"
    __table_args__ = in_order("market_id")

    actor: str
    """The keeper, base58."""
    composite_before: int = big()
    composite: int = big()
    """(35 leverage + 25 open interest + 20 volatility + 20 funding) / 100, rounded up."""
    leverage_factor: int = big()
    oi_ratio_factor: int = big()
    volatility_factor: int = big()
    funding_variance_factor: int = big()
    mean_leverage: int = big()
    """Raw value of the leverage factor: weighted by notional over the last epoch, 10 000 = 1x."""
    oi_ratio_bps: int = big()
    """Raw value of the open-interest factor: the larger side against depth."""
    volatility: int = big()
    """Raw value: annualised deviation of the returns of up to 30 days, 1e9 = 100 %."""
    funding_deviation: int = big()
    """Raw value: deviation of up to 90 funding rates of 8 hours, 1e9 = 100 %, rounded up."""
    open_interest: int = big()
    """The larger side's mean over the last epoch, atoms of notional."""
    open_interest_long: int = big()
    open_interest_short: int = big()
    depth: int = big()
    """Atoms."""
    cum_funding: int = big()
    """1e9 = 100 %; signed."""
    sample_price: int = big()
    """The feed's newest sample that the window holds, 1e-6 USD."""
    samples: int = big()
    """Price samples so far; too few make the volatility factor 1.0."""
    funding_samples: int = big()
    provisional: bool
    """A factor still counts as 1.0 for want of samples."""
    plain_grade: int
    """What the composite alone says."""
    overlay: bool
    """One input alone is extreme: the raw grade is at least C."""
    raw_grade: int
    """With the overlay, before waits and restriction."""
    grade_before: int
    grade: int
    """The one that holds."""
    restricted: bool
    """By the score."""
    reasons_before: int
    reasons: int
    """Bits: 1 score, 2 stale, 4 arrears, 8 exit, 16 delisted."""
    better_waiting: bool
    """A better grade waits for its epochs."""
    better_since: int = big()
    """Epoch; 0 while nothing waits."""
    better_grade: int
    below_waiting: bool
    """A restriction waits for its release."""
    below_since: int = big()
    """Epoch; 0 while nothing waits."""
    utilization_bps: int = big()
    """As it counted for the premium rate."""
    reserve_bps: int = big()
    """Required reserve of the grade, of open interest."""
    required_reserve: int = big()
    """Atoms."""
