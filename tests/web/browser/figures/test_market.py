"""One market: its head, score with factors and what would change the grade, open interest and leverage."""

from fractions import Fraction
from itertools import pairwise

import pytest

from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import MarketConfig, RiskScore, RiskWindow
from tests.model import parameters as P
from tests.model.numbers import down, root_down, root_up, toward_zero
from tests.model.pool.utilization import utilization_bps
from tests.model.score.factors import WEIGHTS, Factors
from tests.model.score.grades import EXTREME_FACTOR, FLAGGED_LEVERAGE, FLAGGED_OI_RATIO
from tests.support.browser import Screen
from tests.support.figures import told
from tests.support.figures.comparison import compare
from tests.support.figures.frozen import Frozen
from tests.support.figures.ledger import Ledger
from tests.support.figures.shown import ago, cost, duration, missing, money, number, percent, times, when
from tests.support.figures.twin import pool_now, reasons
from tests.web.browser.figures.market_parts import DAYS, GRADES, last_claim, net_yield, price, sides

Shown = dict[str, str | tuple[str, ...]]
NAMES = ("leverage", "open_interest", "volatility", "funding_variance")
BOUNDS = (300_000, 500_000, 650_000, P.SCORE_RESTRICT + 1)
"""The scores from which B, C, D and the restriction hold."""
BANDS = (0, 2, 5, 10, 20, 50, 100)
OPEN = 1
LISTED = 5
PAIR = "BTC/USD"
"""Of the local chain's markets, in seahorse.toml alone."""


def _head(frozen: Frozen, name: str, market: PerpMarket) -> Shown:
    ledger, key = frozen.ledger, market.market_id
    asked = "Price, to be confirmed" if market.provisional else "Price"
    pool = pool_now(ledger, key)
    return {
        "title": f"{name} {GRADES[ledger.one(MarketConfig, market_id=key).grade]}",
        f"stat:{asked}": price(market),
        "stat:Pool": money(pool.available),
        "stat:Utilisation/name": f"Utilisation, cap {percent(P.UTIL_CAP_BPS)}",
        "stat:Utilisation": percent(utilization_bps(pool)),
        "stat:Net APY, realised": net_yield(frozen, market, DAYS),
        "stat:Premium rate, of trading fees": percent(ledger.one(PremiumAccount, market_id=key).rate_bps),
        "stat:Last claim": last_claim(ledger, market),
        "chart:Price": f"Price of {PAIR}, claims and epochs in words below; now {money(market.price, unit='USD')}",
    }


def _restriction(ledger: Ledger, score: RiskScore) -> Shown:
    """Sentences for the reasons that the stage can bring about: it routes premiums and executes withdrawals in time."""
    bits = reasons(ledger, score.market_id)
    assert not bits & ~P.REASON_SCORE & ~P.REASON_STALE, f"no sentence is expected for {bits}"
    above, below = told.factor(P.SCORE_RESTRICT), told.factor(P.SCORE_RELEASE)
    sentences = {
        P.REASON_SCORE: f"its score {told.factor(score.composite_score)} rose above {above}: it ends once "
        f"the score was below {below} for {told.epochs(P.RELEASE_EPOCHS)}",
        P.REASON_STALE: f"its score is {told.epochs(ledger.epoch - score.epoch)} old: it ends with a new one",
    }
    held = [sentence for bit, sentence in sentences.items() if bits & bit]
    return {f"restriction/{at}": sentence for at, sentence in enumerate(held)}


def _factors(score: RiskScore) -> Factors:
    return Factors(score.leverage_factor, score.oi_ratio_factor, score.volatility_factor, score.funding_variance_factor)


def _score(ledger: Ledger, score: RiskScore, grade: int) -> Shown:
    now = number(score.composite_score, 6, 3)
    part = " (provisional: too few samples, missing factors count as 1)" if score.provisional else ""
    ages = ago(ledger.now, score.last_updated_at)
    causes = [
        f"the factor {name.replace('_', ' ')} is {told.factor(value)}, at {told.factor(EXTREME_FACTOR)} or above"
        for name, value in zip(NAMES, _factors(score).all(), strict=True)
        if value >= EXTREME_FACTOR
    ]
    if score.oi_ratio_bps > FLAGGED_OI_RATIO:
        causes.append(f"open interest is {told.bps(score.oi_ratio_bps)} of depth, above {told.bps(FLAGGED_OI_RATIO)}")
    if score.open_interest and score.mean_leverage > FLAGGED_LEVERAGE:
        mean, most = told.leverage(score.mean_leverage), told.leverage(FLAGGED_LEVERAGE)
        causes.append(f"mean leverage is {mean}, above {most}")
    return {
        "score": tuple(f"Score {now}{part}, grade {GRADES[grade]}, {age}" for age in ages),
        "chart:Score": f"Score over time, now {now}",
        **{f"overlay/{at}": cause for at, cause in enumerate(causes)},
        **_changes(score, grade, bool(causes)),
    }


def _changes(score: RiskScore, grade: int, overlay: bool) -> Shown:
    """One grade better and one worse."""
    found: Shown = {}
    restricted = bool(score.reasons & P.REASON_SCORE)
    if restricted or grade:
        better, most, wait = grade - 1, BOUNDS[grade - 1] - 1, P.BETTER_EPOCHS
        if restricted:
            better, most, wait = GRADES.index("D"), P.SCORE_RELEASE - 1, P.RELEASE_EPOCHS
        ended = ", once the overlay has ended" if overlay and better < GRADES.index("C") else ""
        found[f"change/{GRADES[better]}"] = (
            f"{GRADES[better]} grade {GRADES[better]} holds after {told.epochs(wait)} of scores of at most "
            f"{told.factor(most)}{ended}"
        )
    if not restricted:
        worse = GRADES[grade + 1]
        found[f"change/{worse}"] = f"{worse} a score of {told.factor(BOUNDS[grade])} or more makes it {worse} at once"
    return found


def _measured(ledger: Ledger, score: RiskScore) -> tuple[str, ...]:
    """What the factors were measured from; the two that need samples out of the window's sums."""
    window = ledger.one(RiskWindow, market_id=score.market_id)
    volatility = missing(f"{score.samples} of {P.WARMUP_UPDATES} samples: counts as 1 until then")
    if score.samples >= P.WARMUP_UPDATES:
        mean = Fraction(window.total_sum, window.total_n)
        spread = Fraction(window.total_square, window.total_n) - mean * mean
        volatility = _nano(root_down(spread * P.EPOCHS_PER_YEAR))
    funding = missing(f"{score.funding_samples} of {P.WARMUP_FUNDING} samples: counts as 1 until then")
    if score.funding_samples >= P.WARMUP_FUNDING:
        mean = Fraction(window.funding_sum, window.funding_count)
        funding = _nano(root_up(down(Fraction(window.funding_square, window.funding_count) - mean * mean)))
    return times(score.mean_leverage), percent(score.oi_ratio_bps), volatility, funding


def _nano(value: int) -> str:
    """1e9 = 100 %, four places without zeros at the end."""
    return f"{number(value, 7, 4).rstrip('0').rstrip('.')} %"


def _factor_rows(ledger: Ledger, score: RiskScore) -> Shown:
    full = (times(100 * P.BPS), percent(P.BPS), "200 %", "0.1 %")
    found: Shown = {
        "table:The four factors of the score/volatility/title": "volatility of 30 days, annualised",
        "table:The four factors of the score/funding_variance/title": "deviation of the 8-hour funding rate",
    }
    rows = zip(NAMES, _measured(ledger, score), full, _factors(score).all(), WEIGHTS, strict=True)
    for name, raw, most, value, weight in rows:
        row = f"table:The four factors of the score/{name}"
        found |= {f"{row}/raw": raw, f"{row}/full": most, f"{row}/value": number(value, 6, 3)}
        found |= {f"{row}/weight": f"{weight} %", f"{row}/part": number(value * weight // 100, 6, 3)}
    return found


def _interest(ledger: Ledger, market: PerpMarket, score: RiskScore) -> Shown:
    longs, shorts = sides(market)
    both = market.oi_long + market.oi_short
    skew = market.oi_long - market.oi_short
    rate = toward_zero(Fraction(P.FUNDING_MAX_8H * skew, both)) if both else 0
    found: Shown = {
        "stat:Longs": money(longs),
        "stat:Shorts": money(shorts),
        "stat:Mean leverage": times(score.mean_leverage),
        "stat:Funding in 8 h, longs pay/name": "Funding in 8 h, longs pay",
        "stat:Funding in 8 h, longs pay": f"{number(rate, 7, 4)} %",
    }
    known = ledger.all(PerpPosition).values()
    mine = [each for each in known if each.market == market.market_id and each.state == OPEN]
    for low, high in pairwise(BANDS):
        row = f"table:Open positions by leverage/{low * P.BPS}"
        found[f"{row}/band"] = f"{times(low * P.BPS)} to {times(high * P.BPS)}"
        held = [each for each in mine if low * P.BPS < each.leverage <= high * P.BPS]
        for side, is_long in (("long", True), ("short", False)):
            notional = [each.notional for each in held if each.is_long == is_long]
            found[f"{row}/{side}"] = str(len(notional))
            found[f"{row}/{side}_money"] = money(sum(notional), 0)
    return found


def _claims(ledger: Ledger, market: PerpMarket) -> Shown:
    """What stands under the price's chart: the epoch, and the newest claims."""
    known = ledger.all(ClaimRecord).items()
    mine = [(address, claim) for address, claim in known if claim.market_id == market.market_id and claim.state]
    newest = sorted(mine, key=lambda each: each[1].sequence, reverse=True)
    found: Shown = {
        "epochs": f"Epochs of {duration(ledger.risk.epoch_seconds)}, numbered, now {ledger.epoch}: "
        "each has its score and premium"
    }
    for address, claim in newest[:LISTED]:
        paid = when(claim.timestamp) if claim.timestamp else "being paid"
        found[f"claims/{address}"] = f"Claim {claim.sequence} {paid} {cost(claim.payout_amount, 0)}"
    if len(newest) > LISTED:
        found["claims/all"] = f"All {len(newest)} claims"
    return found


@pytest.mark.parametrize("name", ["BTC-PERP", "BTC-20X"])
def test_market(frozen: Frozen, screen: Screen, name: str) -> None:
    ledger = frozen.ledger
    market = ledger.markets[name]
    score = ledger.one(RiskScore, market_id=market.market_id)
    assert score.has_score
    screen.go(f"/markets/{market.market_id}")
    grade = ledger.one(MarketConfig, market_id=market.market_id).grade
    compare(
        screen,
        {
            **_head(frozen, name, market),
            **_restriction(ledger, score),
            **_score(ledger, score, grade),
            **_factor_rows(ledger, score),
            **_interest(ledger, market, score),
            **_claims(ledger, market),
        },
    )
