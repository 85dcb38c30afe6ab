"""Every history row of a run, made by the twin from what the events ask for, not from what they or accounts say."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from offchain.chain.addresses import LOCALNET
from offchain.indexer.decode.model import DecodedEvent
from tests.indexer.histories.evidence import Landed
from tests.indexer.histories.twin_pool import TwinPool
from tests.indexer.histories.twin_risk import Row, TwinFeed, TwinPremium, TwinRisk

Key = tuple[str, int]
Rows = dict[str, dict[Key, Row]]
"""Table -> key -> row."""
EARNING = {"PremiumsRouted": "bounty", "ClaimFeeCollected": "claim_fee", "PositionLiquidated": "liquidation"}


class Twin:
    """All markets."""

    def __init__(self) -> None:
        self.rows: Rows = defaultdict(dict)
        self.genesis = self.epoch_seconds = 0
        self.pools: dict[Any, TwinPool] = {}
        self._risks: dict[Any, TwinRisk] = defaultdict(TwinRisk)
        self._premiums: dict[Any, TwinPremium] = defaultdict(TwinPremium)
        self._feeds: dict[Any, TwinFeed] = {}
        self._feed_of: dict[Any, Any] = {}
        self._engine_of: dict[Any, Any] = {}
        self._listed: dict[Any, bool] = {}
        self._no_claims: dict[Any, Counter[str]] = defaultdict(Counter)

    def take(self, landed: Landed) -> None:
        """One transaction."""
        for decoded in landed.events:
            handler = {
                "risk_engine": self._risk,
                "premium_manager": self._premium,
                "insurance_pool": self._pool,
                "insolvency_handler": self._handler,
            }.get(decoded.program)
            if handler:
                handler(decoded, landed)
            if decoded.name in EARNING:
                self._earned(decoded, landed)

    def _put(self, table: str, decoded: DecodedEvent, landed: Landed, row: Row | None) -> None:
        if row is None:
            return
        time = landed.record.block_time
        place = {"slot": landed.record.slot, "position": 0, "block_time": time, "epoch": self._epoch(time)}
        if table != "feed_prices":
            place["market_id"] = str(decoded.event.market_id)
        key = (str(landed.record.signature), decoded.number)
        self.rows[table][key] = {"signature": key[0], "number": key[1], **place, **row}

    def _epoch(self, time: int) -> int:
        return (time - self.genesis) // self.epoch_seconds

    def _risk(self, decoded: DecodedEvent, landed: Landed) -> None:
        event, name, time = decoded.event, decoded.name, landed.record.block_time
        if name == "ConfigInitialized":
            self.genesis, self.epoch_seconds = event.genesis, event.epoch_seconds
        elif name == "EngineListed":
            self._listed[event.program] = event.after
        elif name == "FeedOpened":
            self._feeds[event.feed] = TwinFeed(event.feed_id)
        elif name == "MarketActivated":
            self._feed_of[event.market_id], self._engine_of[event.market_id] = event.oracle_feed, event.engine
        elif name == "PriceAccepted":
            row = self._feeds[event.feed].take(event, time, self.genesis, self.epoch_seconds)
            self._put("feed_prices", decoded, landed, row)
        elif name == "ScoreUpdated":
            market = event.market_id
            feed, listed = self._feeds[self._feed_of[market]].feed, self._listed[self._engine_of[market]]
            row = self._risks[market].score(event, self._epoch(time), feed, listed)
            self._put("score_history", decoded, landed, row)
        elif name.endswith("Received"):
            self._risks[event.market_id].report(name, event)

    def _premium(self, decoded: DecodedEvent, landed: Landed) -> None:
        if hasattr(decoded.event, "market_id"):
            epoch = self._epoch(landed.record.block_time)
            row = self._premiums[decoded.event.market_id].take(decoded.name, decoded.event, epoch)
            self._put("premium_flows", decoded, landed, row)

    def _pool(self, decoded: DecodedEvent, landed: Landed) -> None:
        event = decoded.event
        if not hasattr(event, "market_id"):
            return
        pool = self.pools.setdefault(event.market_id, TwinPool(self.genesis, self.epoch_seconds))
        row = pool.take(decoded.name, event, self._epoch(landed.record.block_time))
        self._put("share_prices", decoded, landed, row)
        self._put("withdrawals", decoded, landed, pool.withdrawal)
        if row is not None:
            flow = self._premiums[event.market_id].pool_moved(decoded.name, event, row)
            self._put("premium_flows", decoded, landed, flow)

    def _handler(self, decoded: DecodedEvent, landed: Landed) -> None:
        event, name = decoded.event, decoded.name
        if name not in ("NoClaim", "DeficitReported", "HandlerTermsSet"):
            return
        sums = self._no_claims[event.market_id]
        if name == "HandlerTermsSet":
            sums["threshold"] = event.threshold
        elif name == "DeficitReported":
            (said,) = (one.event for one in landed.events if one.name == "DeficitSubmitted")
            sums.update(counter=said.deficit_counter - sums["counter"], settled=said.deficit_counter - sums["settled"])
            sums.update(margin=said.margin_counter - sums["margin"], fund=said.fund_counter - sums["fund"])
        else:
            self._put("no_claims", decoded, landed, self._no_claim(sums, event, landed))

    def _no_claim(self, sums: Counter[str], event: Any, landed: Landed) -> Row:
        (said,) = (one.event for one in landed.events if one.name == "DeficitSubmitted")
        deficit = said.deficit_counter - sums["counter"]
        sums.update(counter=deficit, count=1, total=deficit)
        return {
            "actor": str(event.actor),
            "deficit": deficit,
            "unsettled": said.deficit_counter - sums["settled"],
            "threshold": sums["threshold"],
            "counter": said.deficit_counter,
            "settled": sums["settled"],
            "margin_tier": said.margin_counter - sums["margin"],
            "fund_tier": said.fund_counter - sums["fund"],
            "unvested_profit": said.unvested_profit,
            "count": sums["count"],
            "total_deficit": sums["total"],
        }

    def _earned(self, decoded: DecodedEvent, landed: Landed) -> None:
        """By what reached the keeper's token account; no transaction of these runs has two of a kind for a keeper."""
        event: Any = decoded.event
        amount = landed.received()[str(event.actor)]
        for other in landed.events:
            if other is not decoded and other.name in EARNING and other.event.actor == event.actor:
                told = {"bounty": "bounty", "claim_fee": "amount", "liquidation": "keeper_paid"}[EARNING[other.name]]
                amount -= getattr(other.event, told)
        if not amount:
            return
        position = None
        if decoded.name == "PositionLiquidated":
            position = str(LOCALNET.market(event.market_id).perp_position(event.owner, event.nonce))
        sequence = getattr(event, "sequence", None)
        row = {"kind": EARNING[decoded.name], "actor": str(event.actor), "amount": amount}
        self._put("keeper_earnings", decoded, landed, {**row, "sequence": sequence, "perp_position": position})


def twin_of(run: Iterable[Landed]) -> Twin:
    """The twin after a whole run."""
    twin = Twin()
    for landed in run:
        twin.take(landed)
    return twin
