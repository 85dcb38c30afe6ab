"""The market itself: a price bot that only publishes prices, providers, traders and the creator; no keeper among them.

The clock moves to the next price when the keepers have done what the last one made due, as seen on the chain. When
that takes longer than the patience, the run fails and names what was not done.
"""

from collections.abc import Callable, Iterable
from time import monotonic, sleep

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.errors import ProgramError
from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.parse import parse_events
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.instructions import risk_engine
from offchain.chain.market_view import OPEN
from offchain.demo.cast import Cast, MarketCast
from offchain.demo.creator import Creator
from offchain.demo.desk import Desk
from offchain.demo.provider import Provider
from offchain.demo.publisher import CONFIDENCE_PART
from offchain.demo.session import Session
from offchain.demo.stage import Stage
from offchain.demo.story import MarketState, Story
from offchain.demo.timeline import START_EPOCH, Publication, Timeline
from offchain.demo.trader import Trader
from offchain.settings.parameters import Parameters
from offchain.verify.evidence.node import Node
from scripts.benches.errors import BenchError
from scripts.benches.march.due import outstanding, read_feed

POLL_SECONDS = 0.03
PATIENCE_SECONDS = 300.0
"""Long enough for a busy machine; only a run that fails takes it."""

LATE = ("E_EPOCH", "E_SYNC_STALE", "E_PRICE_STALE")
"""Refusals of a chain on real time whose epoch or price has moved on: whoever is refused tries again an epoch later."""


class KeepersIdleError(BenchError):
    """The keepers did not do in time what was due."""


class Floor:
    """One market with its providers, traders and creator."""

    def __init__(self, desk: Desk, market: MarketCast, node: Node, parameters: Parameters) -> None:
        self.desk = desk
        self.syncs = 0
        """Synchronisations that people have brought along to trade on a price."""
        self._me = market.creator
        self._node = node
        self._creator = Creator(desk, market.creator)
        self._lps = [Provider(desk, plan, me) for plan, me in market.lps]
        self._traders = {me.key: Trader(desk, plan, me, parameters) for plan, me in market.traders}

    def act(self) -> None:
        """Once an epoch, on a price that the market is synced to: whoever trades brings that along where it is not."""
        self._synchronise()
        actors: list[Provider | Trader | Creator] = [*self._lps, *self._traders.values(), self._creator]
        for actor in actors:
            try:
                actor.act()
            except ProgramError as error:
                if error.code not in LATE:
                    raise

    def _synchronise(self) -> None:
        desk = self.desk
        if desk.market.publish_time == read_feed(desk).publish_time:
            return
        desk.session.send(self._me, risk_engine.sync_market(self._me.key, desk.market_id, desk.feed))
        self.syncs += 1
        desk.refresh()

    def hear(self) -> None:
        """Tell the owners of the positions that keepers have liquidated."""
        desk = self.desk
        for address in list(desk.open):
            position = desk.read(PerpPosition, address, LOCALNET.demo_market)
            if position.state == OPEN:
                continue
            event = self._liquidation(str(address), position)
            del desk.open[address]
            desk.records.liquidations.append(event)
            self._traders[event.owner].liquidated(event)

    def _liquidation(self, address: str, position: PerpPosition) -> PositionLiquidated:
        """The event of a liquidation, from the last transaction that names the position and succeeded."""
        for _, signature in reversed(self._node.history(address)):
            meta = self._node.transaction(signature)["meta"]
            for event in parse_events(meta["logMessages"]).events if meta["err"] is None else ():
                if isinstance(event, PositionLiquidated) and _of(event) == _of(position):
                    return event
        raise BenchError(f"position {address} is closed, but no transaction shows its liquidation")


def _of(one: PositionLiquidated | PerpPosition) -> tuple[Pubkey, int]:
    return one.owner, one.nonce


class MarketPlayer:
    """Plays a recording in markets that are set up."""

    def __init__(
        self, session: Session, stage: Stage, cast: Cast, node: Node, timeline: Timeline, parameters: Parameters
    ) -> None:
        story = Story(0, 0, [MarketState(market.plan.name) for market in cast.markets])
        self._stage = stage
        self._publisher = cast.publisher
        self._session = session
        self._timeline = timeline
        self._parameters = parameters
        self.story = story
        self.floors = [
            Floor(Desk(session, market, story, state), market, node, parameters)
            for market, state in zip(cast.markets, story.markets, strict=True)
        ]
        self.waited = 0.0
        """Seconds spent waiting for keepers."""

    def play(
        self, publications: Iterable[Publication], watch: Callable[[], bool], patience: float = PATIENCE_SECONDS
    ) -> None:
        """Play everything; KeepersIdleError names what was not done.

        `watch` is called while waiting; it says whether a keeper had to be started again, which takes its time.
        """
        for publication in publications:
            floor = self.floors[publication.market]
            desk = floor.desk
            now = self._timeline.chain_time(publication)
            self._stage.wait_until(now)
            self.story.now = publication.time
            desk.played, desk.epoch = publication.epoch, START_EPOCH + publication.epoch
            self._publish(desk, publication.price, now)
            self._settle(desk, watch, patience)
            floor.hear()
            if publication.first:
                floor.act()

    def _publish(self, desk: Desk, price: int, now: int) -> None:
        me = self._publisher
        self._session.send(me, risk_engine.push_price(me.key, desk.feed, price, price // CONFIDENCE_PART, now))

    def _settle(self, desk: Desk, watch: Callable[[], bool], patience: float) -> None:
        began = deadline_from = monotonic()
        while missing := outstanding(desk, desk.epoch, self._parameters):
            if monotonic() > deadline_from + patience:
                raise KeepersIdleError(
                    f"the keepers have not done in {patience:.0f} s what epoch {desk.epoch} needs: {'; '.join(missing)}"
                )
            if watch():
                deadline_from = monotonic()
            sleep(POLL_SECONDS)
        self.waited += monotonic() - began
