"""Every source by the name of its topic, and the class of the API's schemas that its items are."""

from collections.abc import Callable, Collection, Mapping

from offchain.api.reading import View
from offchain.live.sources import claims, markets, positions, service
from offchain.live.stream import Parts
from offchain.live.topics import CLAIMS, EPOCH, MARKET, POOL, POSITION, POSITION_OF_OWNER, PRICE, RISK, STATUS

Source = Callable[[View, Collection[str] | None], Parts]
SOURCES: Mapping[str, Source] = {
    MARKET: markets.market_items,
    POOL: markets.pool_items,
    RISK: markets.risk_items,
    CLAIMS: claims.claim_items,
    POSITION: positions.of_markets,
    POSITION_OF_OWNER: positions.of_owners,
    EPOCH: markets.epoch_items,
    PRICE: service.price_items,
    STATUS: service.status_items,
}
