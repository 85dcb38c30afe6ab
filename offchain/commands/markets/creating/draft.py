"""The market that a creator wants, checked in every respect before anything is sent."""

from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain import words
from offchain.admin.venue import Venue
from offchain.admin.words import moment
from offchain.chain import seeds, transactions
from offchain.chain.tokens import associated
from offchain.commands.context import Context
from offchain.commands.funds import require_funds
from offchain.commands.markets.creating.asking import asker
from offchain.commands.state import risk_config
from offchain.creation.costs import Cost, read_rent
from offchain.creation.engine import require_engine
from offchain.creation.errors import CreationError
from offchain.creation.feeds import Feed
from offchain.creation.rehearsal import rehearse
from offchain.creation.steps import (
    Blueprint,
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
    money: dict[str, int]
    """Purpose -> atoms still to be paid in."""


def make_draft(context: Context, given: dict[str, Any], engine: Pubkey | None, market: Pubkey | None) -> Draft:
    """Read, check, rehearse and simulate; CreationError, TermError or ProgramError says why it can't be."""
    at, chain = context.at, context.chain()
    config = risk_config(context)
    place = Venue(chain, at, context.settings.cluster)
    creator = context.keypair().pubkey()
    index = _newest(place, creator) if given["index"] is None else given["index"]
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
    _refuse_pause(place, site, config.paused_until)
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


def _newest(place: Venue, creator: Pubkey) -> int:
    """The creator's newest market number, 0 where there is none yet.

    Never one more: a command that is repeated must not create a second market with a second stake.
    """
    newest = 0
    while survey(place.chain, place.at, place.at.market_id(creator, newest + 1)).perp is not None:
        newest += 1
    return newest


def _check_engine(place: Venue, engine: Pubkey, creator: Pubkey, index: int, market: Pubkey | None) -> None:
    derived = seeds.derive(engine, seeds.DEMO_MARKET["market"], creator, index)
    require_engine(place.chain, place.at, engine, creator, index, market or derived)
    if engine != place.at.demo_market:
        raise CreationError(
            f"{engine} may register markets, but creates them by instructions of its own: use its tools; "
            "docs/creator.md says what it has to call"
        )


def _refuse_pause(place: Venue, site: Site, until: int) -> None:
    if site.config is None and until > place.chain.now():
        raise CreationError(
            f"the guardian has stopped registrations: the stop ends by itself {moment(until, place.schedule)}"
        )


def _require_means(context: Context, draft: Draft) -> None:
    creator = draft.blueprint.creator
    account = context.chain().account(creator)
    held = account.lamports if account else 0
    # An account that pays fees must keep its own rent, or be emptied exactly.
    needed = draft.cost.lamports + read_rent(context.chain()).of(0)
    if draft.steps and held < needed:
        raise CreationError(
            f"{creator} holds {words.sol(held)}, the market takes {words.sol(needed)} (rent "
            f"{words.sol(draft.cost.rent)}, fees {words.sol(draft.cost.fees)}, and what its own account must keep): "
            "fund it"
        )
    if draft.money:
        require_funds(context, creator, draft.blueprint.mint, sum(draft.money.values()))
