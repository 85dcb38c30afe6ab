"""Moves the clock, epoch by epoch: wait for the price, let keepers and people act, let a while pass, jump.

The clock never runs away from keepers and price bot: at the beginning and at the end of an epoch it waits until what
is due is done, as seen on the chain, but never longer than the patience, so that the market goes on without them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic

from offchain.errors import PercosecError
from offchain.prices.bot.due import SETTLE_BPS
from offchain.prices.verdict import near
from offchain.settings.parameters import Parameters
from offchain.settings.stage import StageSettings
from offchain.stage.crowd import Crowd
from offchain.stage.driven_clock import DrivenClock
from offchain.stage.due import outstanding, standing_of
from offchain.stage.pace import Beat
from offchain.stage.progress import PLAYING, RACING, STANDING, STOPPED, WAITING, Progress
from offchain.stage.sight import Sight

POLL_SECONDS = 0.05
QUIET_POLL_SECONDS = 0.25
"""How often the chain is looked at while an epoch lasts several seconds."""
MOST_HOPS = 3
"""Second prices that an epoch is given while time races."""
WAGE_EPOCHS = 8
"""How often everybody's SOL is looked at."""
REST_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Pauses after the node could not be asked, one after the other."""


@dataclass(frozen=True)
class Player:
    """One run; `play` returns when it is told to stop."""

    settings: StageSettings
    clock: DrivenClock
    sight: Sight
    crowds: Sequence[Crowd]
    parameters: Parameters
    progress: Progress
    stop: Event

    def play(self) -> None:
        """Play epoch after epoch. A node that can't be asked is asked again after a while."""
        failures = 0
        while not self.stop.is_set():
            try:
                self._epoch()
                failures = 0
            except PercosecError as error:
                self.progress.node_failures += 1
                self.progress.last_error = str(error)
                self.stop.wait(REST_SECONDS[min(failures, len(REST_SECONDS) - 1)])
                failures += 1
        self.progress.phase = STOPPED

    def _epoch(self) -> None:
        now = self._note(self.clock.now())
        is_racing = now < self.settings.slow_from
        self.sight.read_all()
        schedule = self.sight.schedule
        epoch = schedule.epoch(now)
        self.progress.epoch = epoch
        began = monotonic()
        if not self._await_first_price():
            return
        self.progress.phase, self.progress.speed = (RACING, 0) if is_racing else (PLAYING, self.settings.speed)
        self._settle(lambda: [*self._missing_price(schedule.start(epoch)), *self._missing(epoch)])
        self._pay_wages(epoch)
        for crowd in self.crowds:
            crowd.floor.epoch = epoch
            crowd.act()
        self.progress.sent = self.crowds[0].floor.session.sent
        following = schedule.start(epoch + 1)
        if is_racing:
            self._race(epoch)
        elif self.settings.speed:
            self._flow(Beat(schedule.epoch_seconds, self.settings.speed), began)
        else:
            self._stand(following)
            return
        self._settle(lambda: [*self._missing_confirmation(), *self._missing(epoch)], is_flowing=True)
        if not self.stop.is_set():
            self._note(self.clock.jump(following))

    def _pay_wages(self, epoch: int) -> None:
        """SOL for whoever has run out of it, a few times a day: the people's keys are public, anyone may spend it."""
        if epoch % WAGE_EPOCHS == 0:
            self.crowds[0].floor.bank.give_sol(
                list(dict.fromkeys(each.key for crowd in self.crowds for each in crowd.wallets))
            )

    def _race(self, epoch: int) -> None:
        """As fast as possible: only after a step in the price there is something to wait for."""
        for _ in range(MOST_HOPS):
            if self.stop.is_set() or not self._is_stepping():
                return
            self._hop()
            self._settle(lambda: self._missing(epoch))

    def _hop(self) -> None:
        """Until the price is published again: a liquidation asks for a second price, a large step for one later."""
        feeds = [crowd.floor.view.feed for crowd in self.crowds]
        before = [feed.publish_time for feed in feeds]
        seconds = self.parameters.confirm_wait if any(feed.provisional for feed in feeds) else self.parameters.lag_wait
        self._note(self.clock.flow(seconds + 1, POLL_SECONDS))
        self._settle(lambda: [] if self._prices_since(before) else ["the price after a step"])

    def _flow(self, beat: Beat, began: float) -> None:
        """Second by second; work that took its time shortens the pauses."""
        due = began
        for pause, seconds in beat.steps():
            due += pause
            if self.stop.wait(max(0.0, due - monotonic())):
                return
            self._note(self.clock.flow(seconds, pause))

    def _stand(self, following: int) -> None:
        """Until somebody has moved the clock into another epoch: what is due by then is their affair."""
        self.progress.phase = STANDING
        self.progress.waiting_for = "somebody who moves the clock"
        while not self.stop.wait(QUIET_POLL_SECONDS) and self._note(self.clock.now()) < following:
            pass
        self.progress.phase = PLAYING

    def _settle(self, missing: Callable[[], list[str]], is_flowing: bool = False) -> None:
        """Wait until nothing is missing, at most as long as the patience; time may flow meanwhile, at real speed."""
        began = monotonic()
        moved = 0
        pause = POLL_SECONDS
        while not self.stop.is_set():
            self._renew()
            found = missing()
            self.progress.waiting_for = "; ".join(found[:3])
            if not found:
                return
            waited = monotonic() - began
            if waited > self.settings.patience:
                self.progress.late += 1
                return
            if is_flowing and int(waited) > moved:
                self._note(self.clock.flow(int(waited) - moved, waited - moved))
                moved = int(waited)
            self.stop.wait(pause)
            pause = min(QUIET_POLL_SECONDS, pause * 1.2)

    def _await_first_price(self) -> bool:
        """The clock stands still until every market has a price; False when told to stop."""
        while not self.stop.is_set():
            self._renew()
            without = [crowd.floor.name for crowd in self.crowds if not crowd.floor.view.feed.updates]
            if not without:
                return True
            self.progress.phase = WAITING
            self.progress.waiting_for = f"the first price of {', '.join(without)}"
            self.stop.wait(QUIET_POLL_SECONDS)
        return False

    def _renew(self) -> None:
        self.sight.renew([crowd.floor.market_id for crowd in self.crowds])

    def _missing(self, epoch: int) -> list[str]:
        return [
            f"{crowd.floor.name}: {sentence}"
            for crowd in self.crowds
            for sentence in outstanding(standing_of(crowd.floor.view), epoch, self.parameters)
        ]

    def _missing_price(self, since: int) -> list[str]:
        late = [crowd.floor.name for crowd in self.crowds if crowd.floor.view.feed.publish_time < since]
        return [f"{name}: the price of this epoch" for name in late]

    def _missing_confirmation(self) -> list[str]:
        waiting = [crowd.floor.name for crowd in self.crowds if crowd.floor.view.feed.provisional]
        return [f"{name}: the second price after a step" for name in waiting]

    def _is_stepping(self) -> bool:
        """Whether a feed is waiting for a second price."""
        feeds = [crowd.floor.view.feed for crowd in self.crowds]
        return any(
            feed.provisional or (feed.lag_price and not near(feed.lag_price, feed.price, SETTLE_BPS)) for feed in feeds
        )

    def _prices_since(self, before: list[int]) -> bool:
        return all(crowd.floor.view.feed.publish_time > then for crowd, then in zip(self.crowds, before, strict=True))

    def _note(self, now: int) -> int:
        self.progress.chain_time = now
        return now
