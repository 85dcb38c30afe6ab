"""Risks: the numbers in their sentences are the protocol's, by the twin's own copy."""

from tests.model import parameters as P
from tests.model.score.factors import WEIGHTS
from tests.model.score.grades import FLAGGED_OI_RATIO
from tests.support.browser import Screen
from tests.support.figures.comparison import compare
from tests.support.figures.told import bps, epochs, factor, leverage

DAY = 86_400


def test_risks(screen: Screen) -> None:
    days = P.FORCE_AFTER * P.EPOCH_SECONDS // DAY
    screen.go("/risks")
    compare(
        screen,
        {
            "risk:insolvency/mitigation": "The market's own fund, the creator's stake and unvested premiums pay first; "
            f"{bps(P.RESERVE_BPS[0])} to {bps(P.RESERVE_BPS[-1])} of open interest is required as reserve; "
            "a position is covered up to its initial margin.",
            "risk:liquidity/mitigation": f"Open interest against depth is {WEIGHTS[1]} % of the score; "
            f"above {bps(FLAGGED_OI_RATIO)} the overlay allows no grade better than C.",
            "risk:leverage/mitigation": f"Leverage is {WEIGHTS[0]} % of the score, capped by grade at "
            f"{leverage(P.LEVERAGE_CAP[0])} down to {leverage(P.LEVERAGE_CAP[-1])}; a score above "
            f"{factor(P.SCORE_RESTRICT)} lets open interest only fall.",
            "risk:self_trade/mitigation": "The pool pays at most the loser's initial margin, so that a gap larger than "
            "1/leverage has to come first.",
            "risk:oracle/mitigation": f"A price is at most {P.PRICE_MAX_AGE} s old; a step above {bps(P.STEP_BPS)} is "
            f"provisional; liquidations use the better of two prices {P.LAG_WAIT} s apart.",
            "risk:liquidation/mitigation": "Anyone can liquidate and is paid for it; scores older than "
            f"{epochs(P.STALE_EPOCHS)} restrict the market.",
            "risk:lock/mitigation": f"The {bps(P.UTIL_CAP_BPS)} cap delays it by at most {days} days; "
            "then it is payable whatever the cap says.",
        },
    )
