"""Creating a market: the plan, and its next transaction. Nothing is kept: the chain says how far a creator has come."""

from offchain import words
from offchain.admin.venue import Venue
from offchain.api.build.assembly import Intent, Meaning, assemble
from offchain.api.build.desk import chain_of
from offchain.api.build.drafts import MONEY_TITLE, Draft, feeds_of, make_draft
from offchain.api.build.inputs import REFUSED, key
from offchain.api.build.labels import market_labels
from offchain.api.build.market_words import feed_body, term_body
from offchain.api.build.schemas.markets import (
    MarketPlan,
    MarketRequest,
    Money,
    NewMarketTerms,
    PlannedTransaction,
    PlanStep,
    RentLine,
)
from offchain.api.build.trial import Trial
from offchain.api.context import ApiContext
from offchain.api.problems import Problem
from offchain.api.schemas.kinds import StepState
from offchain.chain.backends.base import Chain
from offchain.chain.backends.blocking import in_thread
from offchain.chain.epochs import Schedule
from offchain.chain.tokens import associated
from offchain.creation import steps as making
from offchain.creation.costs import fees, read_rent
from offchain.creation.steps import Site
from offchain.creation.terms import TERMS

NOTHING = 409


async def show_terms(context: ApiContext) -> NewMarketTerms:
    """Terms, bounds, defaults and feeds."""
    chain = chain_of(context)
    slot = await chain.slot()
    return await in_thread(chain, lambda local: _terms(context, local, slot))


async def plan_market(context: ApiContext, body: MarketRequest) -> MarketPlan:
    """What it takes, and how far it is."""
    draft = await _draft(context, body)
    left = [step.title for step in draft.missing]
    states: dict[str, StepState] = {title: "later" if title in left else "done" for title in draft.titles}
    if left:
        states[left[0]] = "next"
    return MarketPlan(
        market_id=str(draft.market),
        creator=body.creator,
        index=draft.blueprint.index,
        feed=feed_body(draft.feed),
        terms=[
            term_body(term, getattr(draft.blueprint.design, term.name), draft.schedule, context.parameters)
            for term in TERMS
        ],
        rents=[RentLine(name, str(lamports)) for name, lamports in draft.rents.items()],
        rent=str(draft.cost.rent),
        fees=str(draft.cost.fees),
        lamports=str(draft.cost.lamports),
        money=[Money(purpose, str(amount)) for purpose, amount in draft.money.items()],
        transactions=[PlanStep(number, title, states[title]) for number, title in enumerate(draft.titles, 1)],
        complete=not left,
        obstacles=draft.obstacles,
        as_of_slot=str(draft.slot),
    )


async def build_next(context: ApiContext, body: MarketRequest) -> PlannedTransaction:
    """The next transaction; Problem 409 when none is missing, 422 with the first obstacle."""
    draft = await _draft(context, body)
    if not draft.missing:
        where = f"/v1/markets/{draft.market}/checklist says what else it takes until the first trade"
        raise Problem(NOTHING, "complete", f"every transaction of this market has landed: {where}")
    if draft.obstacles:
        first = draft.obstacles[0]
        raise Problem(REFUSED, first.code, first.words)
    step = draft.missing[0]
    number = draft.titles.index(step.title) + 1
    paid = sum(draft.money.values()) if step.title == MONEY_TITLE else 0

    def tell(_trial: Trial) -> Meaning:
        rows = [("market", str(draft.market)), ("transaction", f"{number} of {len(draft.titles)}: {step.title}")]
        rows += [(purpose, words.usdc(amount)) for purpose, amount in draft.money.items() if paid]
        return Meaning(rows=rows)

    creator, mint = draft.blueprint.creator, draft.blueprint.mint
    intent = Intent(
        action="register-market",
        title=f"{step.title[0].upper()}{step.title[1:]}",
        payer=creator,
        market=draft.market,
        mint=mint,
        wallet=associated(creator, mint),
        build=lambda _trial: step.instructions,
        tell=tell,
        pays=paid,
        priority=body.priority,
        labels=market_labels(context.at.market(draft.market)),
    )
    built = await assemble(context, intent)
    return PlannedTransaction(number, len(draft.titles), step.title, str(draft.market), built, built.as_of_slot)


async def _draft(context: ApiContext, body: MarketRequest) -> Draft:
    creator = key(body.creator, "creator")
    chain = chain_of(context)
    slot = await chain.slot()
    return await in_thread(chain, lambda local: make_draft(context, local, creator, body, slot))


def _terms(context: ApiContext, chain: Chain, slot: int) -> NewMarketTerms:
    place = Venue(chain, context.at, context.settings.cluster)
    config = place.config
    schedule, parameters = Schedule(config.genesis, config.epoch_seconds), context.parameters
    nowhere = Site({}, None, None, None)
    rents = making.missing_rent(nowhere, context.at, context.at.demo_config, read_rent(chain))
    return NewMarketTerms(
        terms=[
            term_body(term, term.default(parameters) if term.default else None, schedule, parameters) for term in TERMS
        ],
        feeds=[feed_body(feed) for feed in feeds_of(context, chain)],
        accounts=len(rents),
        rent=str(sum(rents.values())),
        fees=str(fees(len(making.TITLES))),
        epoch_seconds=schedule.epoch_seconds,
        as_of_slot=str(slot),
    )
