"""How far a market is on its way to the first trade."""

from solders.pubkey import Pubkey

from offchain.admin.venue import Venue
from offchain.api.build.desk import chain_of
from offchain.api.build.inputs import market_key
from offchain.api.build.schemas.markets import Checklist, ChecklistItem
from offchain.api.context import ApiContext
from offchain.api.problems import not_found
from offchain.chain.backends.base import Chain
from offchain.chain.backends.blocking import in_thread
from offchain.chain.epochs import Schedule
from offchain.creation.checklist import checklist
from offchain.creation.steps import LIVE, survey


async def show_checklist(context: ApiContext, market: str) -> Checklist:
    """Read from the chain; Problem 404 where nothing of the market exists."""
    market_id = market_key(context, market)
    chain = chain_of(context)
    slot = await chain.slot()
    return await in_thread(chain, lambda local: _read(context, local, market_id, slot))


def _read(context: ApiContext, chain: Chain, market: Pubkey, slot: int) -> Checklist:
    at = context.at
    site = survey(chain, at, market)
    if not site.accounts:
        raise not_found(f"nothing of a market {market} exists: /v1/market-plans says how to begin one")
    config = Venue(chain, at, context.settings.cluster).config
    feed = site.config.oracle_feed if site.config is not None and site.config.status else None
    schedule = Schedule(config.genesis, config.epoch_seconds)
    items = checklist(chain, at, market, feed, schedule, context.parameters)
    return Checklist(
        market_id=str(market),
        live=site.status == LIVE,
        complete=all(item.done for item in items),
        items=[ChecklistItem(item.name, item.done, item.words) for item in items],
        next=None,
        as_of_slot=str(slot),
    )
