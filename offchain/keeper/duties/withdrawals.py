"""Requests that have waited too long: restrict the market after a week, pay the provider at the forced date."""

from collections.abc import Iterator

from offchain.chain import tokens
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.instructions import insurance_pool
from offchain.chain.market_view import MarketView
from offchain.keeper.job import Job, shrinking
from offchain.keeper.moment import Moment

NAME = "withdrawals"
BPS = 10_000


def due(view: MarketView, moment: Moment) -> list[Job]:
    """A job for each payment that is forced, and one that flags the market."""
    waiting = [held for held in view.providers.values() if _waits(view, held)]
    return [*_forced(view, moment, waiting), *_flag(view, moment, waiting)]


def _waits(view: MarketView, held: ProviderPosition) -> bool:
    """Whether a request is open that is still worth something."""
    return held.requested_shares > 0 and held.generation == view.pool.generation


def _forced(view: MarketView, moment: Moment, waiting: list[ProviderPosition]) -> Iterator[Job]:
    """From the forced date on anyone may pay the provider, into the provider's own associated account."""
    for held in waiting:
        date = held.request_epoch + held.notice_epochs + moment.parameters.force_after
        if moment.epoch < date or view.pool.available_balance == 0:
            continue
        home = tokens.associated(held.provider, view.perp.mint)
        pay = insurance_pool.execute_withdrawal(
            moment.keeper, view.id, held.provider, held.entry_epoch, home, 0, moment.at
        )
        create = tokens.create_associated(moment.keeper, held.provider, view.perp.mint)
        key = f"{NAME}:pay:{view.id}:{held.provider}:{held.entry_epoch}"
        yield Job(NAME, view.id, key, shrinking([pay], [create, pay]))


def _flag(view: MarketView, moment: Moment, waiting: list[ProviderPosition]) -> Iterator[Job]:
    """Only where the pool can't pay: a flag that the next report lifts again helps nobody."""
    if view.pool.exit or view.pool.pending_value <= withdrawable(view, moment):
        return
    for held in waiting:
        if moment.epoch >= held.request_epoch + held.notice_epochs + moment.parameters.exit_after:
            flag = insurance_pool.flag_exit(moment.keeper, view.id, held.provider, held.entry_epoch, moment.at)
            report = insurance_pool.report_reserve(moment.keeper, view.id, moment.at)
            yield Job(NAME, view.id, f"{NAME}:flag:{view.id}", shrinking([flag, report], [flag]))
            return


def withdrawable(view: MarketView, moment: Moment) -> int:
    """Atoms above what the open interest needs."""
    needed = -(-view.pool.required_reserve * BPS // moment.parameters.util_cap_bps)
    return max(0, view.pool.available_balance - needed)
