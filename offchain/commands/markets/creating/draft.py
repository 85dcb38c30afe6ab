"""The market that a creator wants, checked in every respect before anything is sent."""

from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.admin.venue import Venue
from offchain.chain import seeds, transactions
from offchain.chain.tokens import associated
from offchain.commands.context import Context
from offchain.commands.funds import require_funds
from offchain.commands.markets.creating.asking import asker
from offchain.commands.state import risk_config
from offchain.creation.begun import newest_index
from offchain.creation.costs import Cost, read_rent
from offchain.creation.engine import require_engine
from offchain.creation.errors import CreationError
from offchain.creation.feeds import Feed
from offchain.creation.obstacles import stopped, too_poor
from offchain.creation.rehearsal import rehearse
from offchain.creation.steps import (
    Blueprint,
    Purpose,
    Site,
    Step,
    cost,
    missing_money,
    missing_rent,
    remaining,
    survey,
)
from offchain.creation.terms import design_of


@dataclass(frozen=True)
class Draft:
    """A market, what is missing of it, and what that costs."""

    place: Venue
    blueprint: Blueprint
    feed: Feed
    market_id: Pubkey
    site: Site
    steps: list[Step]
    cost: Cost
    rents: dict[str, int]
    """Instruction that makes an account -> lamports."""
    money: dict[Purpose, int]
    """Purpose -> atoms still to be paid in."""


def make_draft(context: Context, given: dict[str, Any], engine: Pubkey | None, market: Pubkey | None) -> Draft:
    """Read, check, rehearse and simulate; CreationError, TermError or ProgramError says why it can't be."""
    at, chain = context.at, context.chain()
    config = risk_config(context)
    place = Venue(chain, at, context.settings.cluster)
    creator = context.keypair().pubkey()
    index = newest_index(chain, at, creator) if given["index"] is None else given["index"]
    _check_engine(place, engine or at.demo_market, creator, index, market)
    market_id = at.market_id(creator, index)
    site = survey(chain, at, market_id)
    ask = asker(context, place, site)
    feed = ask.feed(given["feed"])
    blueprint = Blueprint(
        creator=creator,
        index=index,
        mint=config.mint,
        feed=feed.address,
        design=design_of(ask.terms(given)),
        **ask.money(given),
    )
    _refuse(stopped(site, config.paused_until, chain.now(), place.schedule))
    rent = read_rent(chain)
    steps = remaining(blueprint, site, at, associated(creator, config.mint))
    draft = Draft(
        place=place,
        blueprint=blueprint,
        feed=feed,
        market_id=market_id,
        site=site,
        steps=steps,
        cost=cost(site, at, market_id, rent, steps),
        rents=missing_rent(site, at, market_id, rent),
        money=missing_money(blueprint, site),
    )
    _require_means(context, draft)
    if steps:
        rehearse(chain, at, steps, context.keypair())
        transactions.measure(chain, steps[0].instructions, creator, at=at)
    return draft


def _check_engine(place: Venue, engine: Pubkey, creator: Pubkey, index: int, market: Pubkey | None) -> None:
    derived = seeds.derive(engine, seeds.DEMO_MARKET["market"], creator, index)
    require_engine(place.chain, place.at, engine, creator, index, market or derived)
    if engine != place.at.demo_market:
        raise CreationError(
            f"{engine} may register markets, but creates them by instructions of its own: use its tools; "
            "docs/creator.md says what it has to call"
        )


def _require_means(context: Context, draft: Draft) -> None:
    creator = draft.blueprint.creator
    account = context.chain().account(creator)
    _refuse(too_poor(creator, account.lamports if account else 0, draft.cost, read_rent(context.chain())))
    if draft.money:
        require_funds(context, creator, draft.blueprint.mint, sum(draft.money.values()))


def _refuse(obstacle: str | None) -> None:
    if obstacle is not None:
        raise CreationError(obstacle)
