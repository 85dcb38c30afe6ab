"""One market read whole from the chain, in four requests: what a crank has to know, and nothing that may be old."""

from dataclasses import dataclass

from solders.account import Account
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK

from offchain.api.build.desk import chain_of
from offchain.api.build.inputs import refused
from offchain.api.context import ApiContext
from offchain.api.problems import not_found
from offchain.chain.accounts import Decodable, decode, types_of
from offchain.chain.backends.failover import FailoverChain, clock_time
from offchain.chain.codec import Layout
from offchain.chain.directory import Directory
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.generated.risk_engine.accounts import MarketConfig, PriceFeed
from offchain.chain.market_view import MarketView
from offchain.chain.oracles import sources as oracles

DISCRIMINATOR = 8
LISTS: tuple[tuple[str, type[Decodable], str], ...] = (
    ("demo_market", PerpPosition, "market"),
    ("insurance_pool", ProviderPosition, "market_id"),
    ("insolvency_handler", ClaimRecord, "market_id"),
)
"""Program, account type and the field that names the market, for what a market has many of."""


@dataclass(frozen=True)
class Snapshot:
    """A market at one moment."""

    view: MarketView
    directory: Directory
    reading: oracles.Reading | None
    """What the feed's oracle says now; None where a publisher writes the feed, or the oracle has no price."""
    now: int
    slot: int


async def read_market(context: ApiContext, market: Pubkey) -> Snapshot:
    """The whole market; Problem 404 for an unknown one, 422 for one that is not registered or of another engine."""
    chain, at = chain_of(context), context.at
    m = at.market(market)
    terms = await chain.account(m.config)
    if terms is None or terms.owner != at.risk_engine:
        raise not_found(f"there is no market {market}: /v1/markets lists the markets")
    config = decode(MarketConfig, terms.data)
    if not config.status:
        raise refused("E_STATE", f"the market is not registered: /v1/markets/{market}/checklist says what is missing")
    if config.engine != at.demo_market:
        raise refused("E_ENGINE", f"{config.engine} runs this market, a program whose cranks are not known here")
    plain = [m.config, m.score, m.inputs, market, m.premium, m.pool, m.registry]
    wanted = [CLOCK, at.risk_config, config.oracle_feed, at.engine(config.engine), *plain]
    slot, (clock, *accounts) = await chain.accounts_in_slot(wanted)
    directory = Directory(at)
    for address, account in zip(wanted[1:], accounts, strict=True):
        _put(directory, address, account)
    for program, kind, field in LISTS:
        parts = {0: bytes(kind.discriminator), _offset(kind, field): bytes(market)}
        for address, account in await chain.owned_with(at.programs[program], parts):
            _put(directory, address, account)
    view = directory.market(market)
    if view is None:
        raise refused("E_STATE", f"accounts of the market are missing: /v1/markets/{market}/checklist says which")
    reading = await _reading(context, chain, view.feed)
    return Snapshot(view, directory, reading, clock_time(clock), slot)


async def _reading(context: ApiContext, chain: FailoverChain, feed: PriceFeed) -> oracles.Reading | None:
    oracle = oracles.oracle_of(feed, context.at)
    if oracle is None:
        return None
    own, rules = await chain.accounts(oracles.accounts_of(feed, oracle, context.at))
    return oracles.read(feed, oracle, own, rules, context.at, context.settings.cluster)


def _put(directory: Directory, address: Pubkey, account: Account | None) -> None:
    if account is not None:
        directory.put(address, account)


def _offset(kind: type[Decodable], field: str) -> int:
    names = [found.name for found in kind.layout.subcons]
    return DISCRIMINATOR + Layout(types_of(kind)[: names.index(field)]).size
