"""Plays the recording: lets time pass, publishes each price, and lets everyone act on it."""

from collections.abc import Iterable, Sequence

from offchain.chain.instructions import insurance_pool
from offchain.demo.cast import Cast
from offchain.demo.creator import Creator
from offchain.demo.desk import Desk
from offchain.demo.liquidator import Liquidator
from offchain.demo.provider import Provider
from offchain.demo.publisher import Publisher
from offchain.demo.session import Session
from offchain.demo.stage import Stage
from offchain.demo.story import Story
from offchain.demo.timeline import START_EPOCH, Publication, Timeline
from offchain.demo.trader import Trader
from offchain.demo.view import View
from offchain.demo.words import usdc
from offchain.settings.parameters import Parameters


class Table:
    """One market with the people who act in it."""

    def __init__(self, desk: Desk, creator: Creator, lps: Sequence[Provider], traders: Sequence[Trader]) -> None:
        self.desk = desk
        self.creator = creator
        self._lps = lps
        self._traders = {trader.key: trader for trader in traders}

    def act(self, liquidator: Liquidator) -> None:
        """Once an epoch, on a fresh price: keepers first, then everyone in turn."""
        self.liquidate(liquidator)
        for lp in self._lps:
            lp.act()
        for trader in self._traders.values():
            trader.act()
        self.creator.act()

    def liquidate(self, liquidator: Liquidator) -> None:
        """Liquidate what is in breach, and tell the owners."""
        for event in liquidator.watch(self.desk):
            self._traders[event.owner].liquidated(event)


class Player:
    """Everything that runs while the recording is played."""

    def __init__(
        self, session: Session, stage: Stage, cast: Cast, story: Story, timeline: Timeline, parameters: Parameters
    ) -> None:
        """The markets must be set up; `story` has a state for each."""
        self._stage = stage
        self._cast = cast
        self._story = story
        self._timeline = timeline
        self._publisher = Publisher(session, cast.publisher)
        self._liquidator = Liquidator(session, cast.liquidator, parameters)
        self.desks = [
            Desk(session, market, story, state) for market, state in zip(cast.markets, story.markets, strict=True)
        ]
        self._tables = [
            Table(
                desk,
                Creator(desk, market.creator),
                [Provider(desk, plan, me) for plan, me in market.lps],
                [Trader(desk, plan, me, parameters) for plan, me in market.traders],
            )
            for desk, market in zip(self.desks, cast.markets, strict=True)
        ]

    def play(self, publications: Iterable[Publication], view: View) -> None:
        """Play everything, then let creators, executor and treasury collect their fees."""
        for publication in publications:
            self._play(publication)
            view.update()
        self._collect()
        view.update()

    def _play(self, publication: Publication) -> None:
        table = self._tables[publication.market]
        desk = table.desk
        now = self._timeline.chain_time(publication)
        self._stage.wait_until(now)
        self._story.now = publication.time
        desk.played, desk.epoch = publication.epoch, START_EPOCH + publication.epoch
        synced = self._publisher.publish(desk, publication, now)
        if publication.first:
            table.act(self._liquidator)
            desk.note_epoch(publication.time)
            desk.state.prices.append(publication.price)
            self._story.epochs_played = max(self._story.epochs_played, publication.epoch + 1)
        elif synced:
            table.liquidate(self._liquidator)

    def _collect(self) -> None:
        treasury = self._cast.treasury
        for table in self._tables:
            desk = table.desk
            desk.refresh()
            table.creator.sweep()
            fees = self._liquidator.collect_claim_fees(desk)
            if fees:
                desk.tell(f"the executor collects {usdc(fees)} of claim fees")
            if desk.pool.treasury_fees:
                desk.session.send(
                    treasury, insurance_pool.collect_treasury(treasury.key, desk.market_id, treasury.token)
                )
                desk.tell(f"the treasury collects {usdc(desk.pool.treasury_fees)}")
            desk.refresh()
