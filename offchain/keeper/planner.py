"""Looks at markets and says what is due: prices first, then the urgent duties of all markets, then the rest."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from functools import partial

from solders.pubkey import Pubkey

from offchain.chain.market_view import MarketView
from offchain.errors import PercosecError
from offchain.keeper.duties import DUTIES, Duty, liquidation, payouts, price, resolution
from offchain.keeper.job import Job
from offchain.keeper.journal import Journal
from offchain.keeper.mirror import Mirror
from offchain.keeper.moment import Moment

NAMES = (price.NAME, *DUTIES)
"""Every duty."""
URGENT = (resolution.NAME, liquidation.NAME, payouts.NAME)
"""Duties of a market whose jobs may be of the urgent lane."""
AT_ONCE = 50
"""Markets looked at before other work gets a turn."""


class DutyError(PercosecError):
    """A duty that does not exist."""


class Planner:
    """Which duties are done, and what they find."""

    def __init__(self, mirror: Mirror, log: Journal, names: Sequence[str] = ()) -> None:
        """All duties unless some are named; DutyError for a name that is none."""
        unknown = sorted(set(names) - set(NAMES))
        if unknown:
            raise DutyError(f"there is no duty {unknown[0]!r}: choose from {', '.join(NAMES)}")
        self._mirror = mirror
        self._log = log
        chosen = {name: due for name, due in DUTIES.items() if not names or name in names}
        self._prices = not names or price.NAME in names
        self._urgent = {name: due for name, due in chosen.items() if name in URGENT}
        self._rest = {name: due for name, due in chosen.items() if name not in URGENT}

    async def plan(
        self,
        ids: Collection[Pubkey],
        moment: Moment,
        offer: Callable[[list[Job]], object],
        is_busy: Callable[[Pubkey], bool],
    ) -> None:
        """Hand over what is due in these markets, some at a time.

        The rest of a market waits while `is_busy` says that an urgent job of it is under way: that one may do the
        rest as well, and everything is looked at again when it is done.
        """
        views = [view for key in ids if (view := self._market(key)) is not None and self.serves(view, moment)]
        await self._look(views, self._urgent, moment, offer)
        await self._look([view for view in views if not is_busy(view.id)], self._rest, moment, offer)

    def plan_prices(self, moment: Moment, offer: Callable[[list[Job]], object]) -> None:
        """Hand over the prices that are due on any feed."""
        if self._prices:
            feeds = list(self._mirror.readings)
            offer([job for feed in feeds for job in self._jobs(price.NAME, feed, partial(self._price, feed, moment))])

    def again(self, job: Job, moment: Moment) -> Job | None:
        """The same job made from what is known now; None when it is no longer due."""
        return next((found for found in self._again(job, moment) if found.key == job.key), None)

    @staticmethod
    def serves(view: MarketView, moment: Moment) -> bool:
        """Whether this keeper knows the market's engine."""
        return view.config.engine == moment.at.demo_market

    async def _look(
        self, views: list[MarketView], duties: dict[str, Duty], moment: Moment, offer: Callable[[list[Job]], object]
    ) -> None:
        for start in range(0, len(views), AT_ONCE):
            part = views[start : start + AT_ONCE]
            looks = [(name, view, due) for view in part for name, due in duties.items()]
            offer([job for name, view, due in looks for job in self._jobs(name, view.id, partial(due, view, moment))])
            await asyncio.sleep(0)

    def _again(self, job: Job, moment: Moment) -> list[Job]:
        if job.duty == price.NAME:
            return self._jobs(job.duty, job.subject, partial(self._price, job.subject, moment))
        view = self._market(job.subject)
        return [] if view is None else self._jobs(job.duty, view.id, partial(DUTIES[job.duty], view, moment))

    def _jobs(self, duty: str, subject: Pubkey, due: Callable[[], list[Job]]) -> list[Job]:
        """What a duty finds; where it fails on one market or feed, in each look, all others are kept none the less."""
        try:
            return due()
        except Exception as error:
            self._log.note("error", duty=duty, subject=str(subject), message=f"it can't be looked at: {error!r}")
            return []

    def _price(self, feed: Pubkey, moment: Moment) -> list[Job]:
        reading = self._mirror.readings.get(feed)
        if reading is None:
            return []
        directory = self._mirror.directory
        views = [view for key in directory.on_feed(feed) if (view := directory.market(key)) is not None]
        return price.due(feed, directory.feeds[feed], reading, views, moment)

    def _market(self, key: Pubkey) -> MarketView | None:
        return self._mirror.directory.market(key)
