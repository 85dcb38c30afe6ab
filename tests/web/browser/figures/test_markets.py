"""Markets: each row of the list."""

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import MarketConfig, RiskScore
from tests.model import parameters as P
from tests.model.pool.utilization import utilization_bps
from tests.support.browser import Screen
from tests.support.figures.comparison import compare
from tests.support.figures.frozen import Frozen
from tests.support.figures.shown import missing, money, number, percent
from tests.support.figures.twin import pool_now
from tests.web.browser.figures.market_parts import DAYS, GRADES, last_claim, net_yield, price, sides

TABLE = "table:Markets with price, risk and pool"


def _row(frozen: Frozen, name: str, market: PerpMarket) -> dict[str, str | tuple[str, ...]]:
    ledger, key = frozen.ledger, market.market_id
    score = ledger.one(RiskScore, market_id=key)
    pool = pool_now(ledger, key)
    utilised = utilization_bps(pool)
    bar = f"Utilisation against {percent(P.UTIL_CAP_BPS)}"
    told = number(score.composite_score, 6, 3) + ("*" if score.provisional else "")
    cells: dict[str, str | tuple[str, ...]] = {
        "name": name,
        "price": price(market),
        "grade": f"{GRADES[ledger.one(MarketConfig, market_id=key).grade]} "
        + (told if score.has_score else missing("no score yet")),
        "utilisation": f"[{bar}: {min(utilised, P.BPS)}] {percent(utilised, 1)}",
        "pool": money(pool.available, 0),
        "premium": percent(ledger.one(PremiumAccount, market_id=key).rate_bps),
        "apy": net_yield(frozen, market, DAYS),
        "interest": money(max(sides(market)), 0),
        "claim": last_claim(ledger, market),
    }
    return {f"{TABLE}/{key}/{column}": text for column, text in cells.items()}


def test_markets(frozen: Frozen, screen: Screen) -> None:
    screen.go("/markets")
    rows = [_row(frozen, name, market) for name, market in frozen.ledger.markets.items()]
    compare(screen, {path: text for row in rows for path, text in row.items()})
