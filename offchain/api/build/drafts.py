"""A market as its creator wants it, and what the chain has of it."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain import words
from offchain.admin.venue import Venue
from offchain.api.build.inputs import refused
from offchain.api.build.schemas.built import Caution
from offchain.api.build.schemas.markets import MarketRequest
from offchain.api.context import ApiContext
from offchain.api.problems import invalid
from offchain.chain.backends.base import Chain
from offchain.chain.epochs import Schedule
from offchain.chain.tokens import associated, token_balance
from offchain.chain.units import U64_MAX
from offchain.creation import steps as making
from offchain.creation.begun import agreed, begun_terms, default_of, newest_index
from offchain.creation.costs import Cost, read_rent
from offchain.creation.engine import refusals
from offchain.creation.errors import CreationError
from offchain.creation.feeds import Feed, find_feed, pair_names, read_feeds
from offchain.creation.obstacles import stopped, too_poor
from offchain.creation.steps import Blueprint, Site
from offchain.creation.terms import TERMS, Term, design_of

MONEY_TITLE = "put up the money"


@dataclass(frozen=True)
class Draft:
    """A market as it is wanted, and what is missing of it."""

    blueprint: Blueprint
    market: Pubkey
    schedule: Schedule
    feed: Feed
    missing: list[making.Step]
    titles: list[str]
    """Of the whole plan."""
    cost: Cost
    rents: dict[str, int]
    money: dict[making.Purpose, int]
    obstacles: list[Caution]
    slot: int


def make_draft(context: ApiContext, chain: Chain, creator: Pubkey, body: MarketRequest, slot: int) -> Draft:
    """Read and check everything; CreationError, TermError or Problem for what can't be planned at all."""
    at = context.at
    place = Venue(chain, at, context.settings.cluster)
    config = place.config
    schedule = Schedule(config.genesis, config.epoch_seconds)
    index = newest_index(chain, at, creator) if body.index is None else body.index
    market = at.market_id(creator, index)
    site = making.survey(chain, at, market)
    feed = _feed(context, chain, site, body.feed)
    blueprint = Blueprint(
        creator=creator,
        index=index,
        mint=config.mint,
        feed=feed.address,
        design=design_of(_values(context, site, body, schedule)),
        stake=_amount(body.stake, "stake"),
        house=_amount(body.house, "house"),
        fund=_amount(body.fund, "fund"),
    )
    wallet = associated(creator, config.mint)
    missing = making.remaining(blueprint, site, at, wallet)
    rent = read_rent(chain)
    cost = making.cost(site, at, market, rent, missing)
    money = making.missing_money(blueprint, site)
    sol, token = chain.accounts([creator, wallet])
    held = 0 if token is None else token_balance(token, wallet).amount
    needed = sum(money.values())
    obstacles = [Caution("creation", said) for said in refusals(chain, at, at.demo_market, creator, index, market)]
    if said := stopped(site, config.paused_until, chain.now(), schedule):
        obstacles.append(Caution("E_PAUSED", said))
    if said := too_poor(creator, sol.lamports if sol else 0, cost, rent):
        obstacles.append(Caution("LAMPORTS", said))
    if held < needed:
        obstacles.append(
            Caution("E_BALANCE", f"{creator} holds {words.usdc(held)}, less than {words.usdc(needed)}: fund it first")
        )
    titles = [*making.TITLES, *([MONEY_TITLE] if blueprint.stake or blueprint.house or blueprint.fund else [])]
    rents = making.missing_rent(site, at, market, rent)
    return Draft(blueprint, market, schedule, feed, missing, titles, cost, rents, money, obstacles, slot)


def feeds_of(context: ApiContext, chain: Chain) -> list[Feed]:
    """Every feed that a market can use."""
    settings = context.settings
    names = pair_names(context.project.cluster(settings.cluster).markets, settings.prices.pairs)
    return read_feeds(chain, context.at, names)


def _feed(context: ApiContext, chain: Chain, site: Site, text: str | None) -> Feed:
    """The feed that is meant; once a market is registered it can only be the registered one."""
    registered = site.config.oracle_feed if site.config is not None and site.config.status else None
    if text is None and registered is None:
        raise refused("creation", "feed is missing: choose one of /v1/market-terms")
    found = find_feed(feeds_of(context, chain), text or str(registered))
    if registered not in (None, found.address):
        raise CreationError(f"the market is registered with the feed {registered} already: leave feed out")
    return found


def _values(context: ApiContext, site: Site, body: MarketRequest, schedule: Schedule) -> dict[str, int]:
    begun = begun_terms(site)
    return {term.name: _value(context, term, body, begun.get(term.name), schedule) for term in TERMS}


def _value(context: ApiContext, term: Term, body: MarketRequest, begun: int | None, schedule: Schedule) -> int:
    text: str | None = getattr(body.terms, term.name)
    if text is not None:
        value = term.within(int(text), schedule, context.parameters, f"terms.{term.name}")
        return agreed(term, value, begun, schedule)
    return begun if begun is not None else default_of(term, context.parameters)


def _amount(text: str, name: str) -> int:
    try:
        amount = int(text)
    except ValueError:
        raise invalid(f"{name} is no decimal integer: give atoms", "invalid_amount") from None
    if amount > U64_MAX:
        raise refused("E_AMOUNT", f"{name} is too large: at most {U64_MAX}")
    return amount
