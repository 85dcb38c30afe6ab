"""Every source by the name of its topic."""

from collections.abc import Callable, Collection, Mapping

from offchain.api.reading import View
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.risk_engine.accounts import MarketConfig, RiskScore
from offchain.live.sources.rows import by_column
from offchain.live.stream import Parts
from offchain.prices.history import current_prices

Wanted = Collection[str] | None
Source = Callable[[View, Wanted], Parts]


def _pool(view: View, markets: Wanted) -> Parts:
    return by_column(view, InsurancePool, "market_id", markets)


def _risk(view: View, markets: Wanted) -> Parts:
    return by_column(view, RiskScore, "market_id", markets)


def _claims(view: View, markets: Wanted) -> Parts:
    return by_column(view, ClaimRecord, "market_id", markets)


def _epoch(view: View, markets: Wanted) -> Parts:
    return by_column(view, MarketConfig, "market_id", markets)


def _position(view: View, markets: Wanted) -> Parts:
    found = by_column(view, ProviderPosition, "market_id", markets)
    for market, items in by_column(view, PerpPosition, "market", markets).items():
        found.setdefault(market, {}).update({key: item | {"market_id": market} for key, item in items.items()})
    return found


def _position_of_owner(view: View, owners: Wanted) -> Parts:
    found = by_column(view, ProviderPosition, "provider", owners)
    for owner, items in by_column(view, PerpPosition, "owner", owners).items():
        shown = {key: item | {"market_id": item["market"]} for key, item in items.items()}
        found.setdefault(owner, {}).update(shown)
    return found


def _price(view: View, pairs: Wanted) -> Parts:
    found = current_prices(view.session)
    return {
        one.pair: {one.pair: {"pair": one.pair, "price": str(one.price), "publish_time": one.publish_time}}
        for one in found
        if pairs is None or one.pair in pairs
    }


def _status(view: View, _parts: Wanted) -> Parts:
    return {"": {"status": {"indexed_slot": view.slot}}}


SOURCES: Mapping[str, Source] = {
    "pool": _pool,
    "risk": _risk,
    "claims": _claims,
    "position": _position,
    "position_of_owner": _position_of_owner,
    "epoch": _epoch,
    "price": _price,
    "status": _status,
}
