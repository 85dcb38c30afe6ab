"""Docs: the numbers in its answers are the protocol's, by the twin's own copy."""

from tests.model import parameters as P
from tests.model.score.factors import WEIGHTS
from tests.support.browser import Screen
from tests.support.figures.comparison import compare

DAY = 86_400
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def test_docs(screen: Screen) -> None:
    leverage, interest, volatility, funding = (f"0.{weight:02d}" for weight in WEIGHTS)
    restricting = f"{P.SCORE_RESTRICT / P.ONE:.2f}"
    days = P.FORCE_AFTER * P.EPOCH_SECONDS // DAY
    screen.go("/docs")
    compare(
        screen,
        {
            "What do I earn?": f"A share of the market{APOSTROPHE}s trading fees, more when its measured risk is "
            f"higher. Premiums vest over {P.VEST_EPOCHS} epochs and lift the share price; a performance fee is taken "
            "above its highest value only. Yields here are realised and trailing, never a forecast.",
            "When can I leave?": "Ask at any time; the payment comes after the notice, and until then the capital "
            "stays at risk. Before the end of the lock an early fee goes to those who stay. Withdrawals wait while "
            f"they would lift utilisation above its cap, at most {days} days after the notice.",
            "What does the score mean?": f"{leverage} leverage + {interest} open interest by liquidity + "
            f"{volatility} volatility + {funding} funding variance, each from 0 to 1. It sets the grade, the reserve "
            f"and the premium rate; above {restricting} the market takes only orders that reduce positions.",
        },
    )
