"""Looks at markets and says what is due: the urgent duties of all of them before the rest of any."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from solders.pubkey import Pubkey

from offchain.chain.directory import Directory
from offchain.chain.market_view import MarketView
from offchain.errors import PercosecError
from offchain.keeper.duties import DUTIES, Duty, liquidation, payouts, resolution
from offchain.keeper.job import Job
from offchain.keeper.moment import Moment

URGENT = (resolution.NAME, liquidation.NAME, payouts.NAME)
"""Duties whose jobs may be of the urgent lane."""
AT_ONCE = 50
"""Markets looked at before other work gets a turn."""


class DutyError(PercosecError):
    """A duty that does not exist."""


class Planner:
    """Which duties are done, and what they find."""

    def __init__(self, directory: Directory, names: Sequence[str] = ()) -> None:
        """All duties unless some are named; DutyError for a name that is none."""
        unknown = sorted(set(names) - set(DUTIES))
        if unknown:
            raise DutyError(f"there is no duty {unknown[0]!r}: choose from {', '.join(DUTIES)}")
        self._directory = directory
        chosen = {name: due for name, due in DUTIES.items() if not names or name in names}
        self._urgent = [due for name, due in chosen.items() if name in URGENT]
        self._rest = [due for name, due in chosen.items() if name not in URGENT]

    async def plan(self, ids: Iterable[Pubkey], moment: Moment, offer: Callable[[list[Job]], None]) -> None:
        """Hand over what is due in these markets, some markets at a time."""
        views = [view for key in ids if (view := self._directory.market(key)) is not None and self.serves(view, moment)]
        for duties in (self._urgent, self._rest):
            for start in range(0, len(views), AT_ONCE):
                part = views[start : start + AT_ONCE]
                offer([job for view in part for due in duties for job in due(view, moment)])
                await asyncio.sleep(0)

    def again(self, job: Job, moment: Moment) -> Job | None:
        """The same job made from what is known now; None when it is no longer due."""
        view = self._directory.market(job.subject)
        due: Duty | None = DUTIES.get(job.duty)
        if view is None or due is None:
            return None
        return next((found for found in due(view, moment) if found.key == job.key), None)

    @staticmethod
    def serves(view: MarketView, moment: Moment) -> bool:
        """Whether this keeper knows the market's engine."""
        return view.config.engine == moment.at.demo_market
