"""Deficits up to the threshold, with the tiers that paid before them."""

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRegistry
from offchain.indexer.histories.told import Row, Told
from offchain.verify.replay.market.state import INDEX_ONE


def no_claim(told: Told) -> Row:
    """The row of a NoClaim; the running sum `total_deficit` is put in when it is stored."""
    event = told.event
    registry = told.after(ClaimRegistry, told.state.at.market(event.market_id).registry)
    return told.market_row(
        actor=told.decoded.actor,
        deficit=event.counter_after - event.counter_before,
        unsettled=event.unsettled,
        threshold=event.threshold,
        counter=event.counter_after,
        settled=event.settled,
        count=registry.no_claims,
        **_tiers(told, registry),
    )


def _tiers(told: Told, registry: ClaimRegistry) -> dict[str, int | None]:
    """The event does not tell them; the market's own account does, where it is one of ours."""
    if not told.state.has(told.event.market_id):
        return dict.fromkeys(("margin_tier", "fund_tier", "unvested_profit"))
    market = told.after(PerpMarket, told.event.market_id)
    return {
        "margin_tier": market.margin_counter - registry.settled_margin,
        "fund_tier": market.fund_counter - registry.settled_fund,
        "unvested_profit": market.unvested_units * market.profit_index // INDEX_ONE,
    }
