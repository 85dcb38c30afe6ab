"""The status page: the chain's clock, ages of prices and scores, and the programs."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.risk_engine.accounts import MarketConfig, PriceFeed, RiskScore
from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.frozen import Frozen
from tests.support.figures.shown import duration, short, until, when
from tests.support.figures.story import Told


def expected(told: Frozen) -> Expected:
    """Ages stand still with the chain; only the countdown runs on."""
    ledger = told.ledger
    now, epoch = ledger.now, ledger.epoch
    newest = max(landed.time for landed in told.history.transactions)
    scored = max(score.last_updated_at for score in ledger.all(RiskScore).values())
    shown: dict[str, str | tuple[str, ...]] = {
        "stat:Chain\u2019s time": when(now),
        "stat:Epoch": tuple(f"{epoch} ends {left}" for left in until(now, ledger.time_of(epoch + 1), "now")),
        "stat:Newest indexed transaction": f"{duration(now - newest)} ago",
        "stat:Keepers\u2019 last score": f"{duration(now - scored)} ago",
    }
    for market in ledger.all(PerpMarket).values():
        config = ledger.one(MarketConfig, market_id=market.market_id)
        feed = ledger.all(PriceFeed)[str(config.oracle_feed)]
        row = f"table:Prices on chain/{market.market_id}"
        shown |= {
            f"{row}/market": told.title(market.market_id),
            f"{row}/fresh": "fresh" if now - feed.publish_time <= 60 else "stale",
            f"{row}/age": duration(now - feed.publish_time),
            f"{row}/synced": f"{duration(now - market.synced_at)} ago",
            f"{row}/feed": f"{short(config.oracle_feed)} ↗",
        }
    return shown | {f"table:Programs/{name}/id": f"{short(key)} ↗" for name, key in LOCALNET.deployed.items()}


def test_the_status_of_everything(told: Told, screen: Screen) -> None:
    screen.go("/system")
    compare(screen, expected(told))
