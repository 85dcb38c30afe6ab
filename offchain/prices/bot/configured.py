"""The bot that a cluster's markets ask for: a lane for each of their feeds."""

from collections.abc import Callable
from dataclasses import dataclass

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import AsyncChain
from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.oracles.feed_ids import PUBLISHER, feed_id
from offchain.database.database import Database
from offchain.prices.bot.bot import PriceBot
from offchain.prices.bot.due import Rules, rules
from offchain.prices.bot.lane import FeedLane
from offchain.prices.bot.ledger import Ledger
from offchain.prices.bot.oracles import OracleWriter
from offchain.prices.bot.writers import PublisherWriter, Writer
from offchain.prices.errors import PriceError
from offchain.prices.quote import Quote
from offchain.settings.markets import MarketSettings
from offchain.settings.parameters import Parameters
from offchain.settings.prices import PairSettings, PriceSettings


@dataclass(frozen=True)
class Desk:
    """Where the bot works and with which keys."""

    cluster: str
    chain: AsyncChain
    at: Addresses
    payer: Keypair
    publisher: Keypair
    """Signs the feeds of source `publisher`."""
    database: Database
    price: Callable[[str], Quote | None]
    """The price in use of a pair."""


async def configured_bot(
    desk: Desk, settings: PriceSettings, markets: tuple[MarketSettings, ...], parameters: Parameters
) -> PriceBot:
    """A lane for each feed of the markets; PriceError when the chain has no deployment, or a pair no name."""
    account = await desk.chain.account(desk.at.risk_config)
    if account is None:
        raise PriceError("there is no deployment on this chain: run `percosec deploy` first, or give --no-bot")
    config = decode_account(RiskConfig, account, desk.at.risk_engine, desk.at.risk_config)
    terms = rules(settings, parameters, Schedule(config.genesis, config.epoch_seconds))
    feeds = dict.fromkeys((market.pair, market.source) for market in markets)
    return PriceBot([_lane(desk, pair, source, feed_of(settings, pair, source), terms) for pair, source in feeds])


def feed_of(settings: PriceSettings, pair: str, source: str) -> Pubkey:
    """The feed id of a pair; PriceError when the settings don't say what the source calls it."""
    if source == PUBLISHER:
        return feed_id(PUBLISHER, pair)
    name = getattr(settings.pairs.get(pair, PairSettings()), source)
    if not name:
        raise PriceError(f'{pair} has no name at {source}: write it into [prices.pairs."{pair}"] of seahorse.toml')
    return feed_id(source, name)


def _lane(desk: Desk, pair: str, source: str, identity: Pubkey, terms: Rules) -> FeedLane:
    feed = desk.at.feed(identity)
    signers = [desk.payer]
    if source == PUBLISHER and desk.publisher.pubkey() != desk.payer.pubkey():
        signers.append(desk.publisher)
    return FeedLane(
        pair=pair,
        feed=feed,
        writer=_writer(desk, pair, source, identity),
        chain=desk.chain,
        at=desk.at,
        signers=signers,
        ledger=Ledger(desk.database, pair, str(feed)),
        terms=terms,
    )


def _writer(desk: Desk, pair: str, source: str, identity: Pubkey) -> Writer:
    if source == PUBLISHER:
        return PublisherWriter(desk.publisher.pubkey(), desk.at.feed(identity), lambda: desk.price(pair), desk.at)
    return OracleWriter(source, desk.payer.pubkey(), desk.chain, desk.at, desk.cluster)
