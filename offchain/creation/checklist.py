"""What is still missing until a market takes its first trade."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode, decode_account
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import PriceFeed, RiskScore
from offchain.chain.units import format_usdc
from offchain.creation.steps import LIVE, Site, survey
from offchain.settings.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Item:
    """One condition."""

    name: str
    done: bool
    words: str
    """How it stands, or what to do."""


def checklist(
    chain: Chain, at: Addresses, market_id: Pubkey, feed: Pubkey | None, schedule: Schedule, parameters: Parameters
) -> list[Item]:
    """Every condition in the order in which they come true; reads the chain. Without a registered `feed`: None."""
    site, now = survey(chain, at, market_id), chain.now()
    score_account = site.accounts.get(at.market(market_id).score)
    score = decode(RiskScore, score_account.data) if score_account else None
    price = None if feed is None else decode_account(PriceFeed, chain.account(feed), at.risk_engine, feed)
    return [
        _item("registered", site.status >= 1, "the risk engine holds the terms", "run this command again"),
        _item("terms pushed", site.status == LIVE, "every program has the terms", "run this command again"),
        _price(price, now, parameters),
        _synced(site, now, parameters, market_id),
        _score(score, schedule, now, market_id),
        _pool(site),
        _house(site),
    ]


def _item(name: str, done: bool, good: str, todo: str) -> Item:
    return Item(name, done, good if done else todo)


def _price(feed: PriceFeed | None, now: int, parameters: Parameters) -> Item:
    if feed is None:
        return Item("feed price fresh", False, "the registration chooses the feed")
    age = now - feed.publish_time
    if not feed.price:
        return Item("feed price fresh", False, "the feed has no price yet: percosec prices run writes it")
    words = f"{age} s old; trades take at most {parameters.price_max_age} s"
    todo = f"{words}: percosec prices run, or the feed's adapter, writes a new one"
    return _item("feed price fresh", age <= parameters.price_max_age, words, todo)


def _synced(site: Site, now: int, parameters: Parameters, market_id: Pubkey) -> Item:
    known = site.perp is not None and site.perp.synced
    fresh = known and site.perp is not None and site.perp.synced_at + parameters.sync_max_age >= now
    todo = f"percosec crank {market_id}, or a keeper, once the price is fresh"
    return _item("synchronised", fresh, "price, grade and caps are in the market", todo)


def _score(score: RiskScore | None, schedule: Schedule, now: int, market_id: Pubkey) -> Item:
    if score is not None and score.has_score:
        return Item("first score", True, f"scored in epoch {score.epoch}")
    following = schedule.epoch(now) + 1
    seconds = schedule.start(following) - now
    todo = (
        f"from the first whole epoch after the synchronisation (the next one begins in {seconds} s): "
        f"percosec crank {market_id}, or a keeper; until then orders are refused as stale"
    )
    return Item("first score", False, todo)


def _pool(site: Site) -> Item:
    held = site.pool.available_balance if site.pool else 0
    words = f"{format_usdc(held, symbol=True)} from providers"
    return _item("cover", held > 0, words, "no deposit yet: open interest is capped at 0 until somebody deposits")


def _house(site: Site) -> Item:
    held = site.perp.house if site.perp else 0
    words = f"{format_usdc(held, symbol=True)} to pay winning traders"
    return _item("house", held > 0, words, "empty: winners are paid from losers alone; add --house USDC")
