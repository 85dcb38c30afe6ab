"""Quotes: the programs' own arithmetic on the pool as it is now, so that no client has to repeat it."""

from offchain import words
from offchain.api.build import deposits
from offchain.api.build.deposits import date
from offchain.api.build.desk import Desk, open_desk
from offchain.api.build.inputs import key, market_key, whole
from offchain.api.build.payments import due_epoch, forced_epoch, payment
from offchain.api.build.schemas.built import Dates
from offchain.api.build.schemas.quotes import DepositQuote, Leaving, OpenRequest, PoolState, WithdrawalQuote
from offchain.api.build.withdrawals import shares_of
from offchain.api.context import ApiContext
from offchain.api.schemas.kinds import Blocked
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.pool_figures import BPS, early_fee_bps, up
from offchain.plain_words.risks import LOSS_WARNING


async def quote_deposit(context: ApiContext, market: str, amount: str) -> DepositQuote:
    """What so many atoms buy."""
    paid = whole(amount, "amount")
    desk = await open_desk(context, market_key(context, market))
    deposits.refuse(desk, paid)
    pool, parameters = desk.pool, desk.parameters
    shares, after = desk.figures.minted(paid), deposits.after_deposit(desk.figures, paid)
    unlock = desk.epoch + pool.lock_epochs
    at_once = early_fee_bps(desk.epoch, unlock, pool.lock_epochs, parameters)
    free = unlock + pool.notice_epochs
    return DepositQuote(
        market_id=str(desk.market),
        amount=str(paid),
        shares=str(shares),
        value=str(after.assets(shares)),
        share_of_pool_bps=shares * BPS // after.total_shares if after.total_shares else 0,
        minimum=str(parameters.min_deposit),
        deposit_fee="0",
        performance_fee_bps=pool.performance_fee_bps,
        early_fee_bps=at_once,
        early_fee=str(up(after.assets(shares) * at_once, BPS)),
        early_fee_last_bps=early_fee_bps(unlock - 1, unlock, pool.lock_epochs, parameters),
        lock_seconds=pool.lock_epochs * pool.epoch_seconds,
        notice_seconds=pool.notice_epochs * pool.epoch_seconds,
        dates=Dates(
            lock_ends=date(desk, unlock),
            notice_ends=date(desk, desk.epoch + pool.notice_epochs),
            exit=date(desk, free),
            forced=date(desk, free + parameters.force_after),
        ),
        warnings=deposits.warnings(desk),
        loss_warning=LOSS_WARNING,
        pool=_pool(desk),
        as_of_slot=str(desk.slot),
    )


async def quote_withdrawal(
    context: ApiContext, market: str, provider: str, entry_epoch: int, amount: str | None, shares: str | None
) -> WithdrawalQuote:
    """Leaving now, or when the lock is over; of a request under way what it would be paid."""
    desk = await open_desk(context, market_key(context, market))
    position = await desk.position(key(provider, "provider"), entry_epoch)
    alive = position.generation == desk.pool.generation
    now = waiting = None
    if alive and position.shares and not position.requested_shares:
        number = shares_of(desk, position, amount, shares)
        now = _leaving(desk, position, number, desk.epoch)
        waiting = _leaving(desk, position, number, position.unlock_epoch) if now.early_fee_bps else None
    return WithdrawalQuote(
        market_id=str(desk.market),
        provider=provider,
        entry_epoch=entry_epoch,
        deposited=str(position.deposited_amount),
        shares=str(position.shares),
        value=str(desk.figures.assets(position.shares) if alive else 0),
        lock_ends=date(desk, position.unlock_epoch),
        now=now,
        waiting=waiting,
        saved_by_waiting=now.early_fee if now and waiting else "0",
        request=_request(desk, position, alive) if position.requested_shares else None,
        warnings=deposits.warnings(desk),
        pool=_pool(desk),
        as_of_slot=str(desk.slot),
    )


def _leaving(desk: Desk, position: ProviderPosition, shares: int, epoch: int) -> Leaving:
    value = desk.figures.assets(shares)
    fee_bps = early_fee_bps(epoch, position.unlock_epoch, position.lock_epochs, desk.parameters)
    fee = up(value * fee_bps, BPS)
    due = epoch + position.notice_epochs
    return Leaving(
        requested=date(desk, epoch),
        shares=str(shares),
        value=str(value),
        early_fee_bps=fee_bps,
        early_fee=str(fee),
        amount=str(value - fee),
        payable=date(desk, due),
        forced=date(desk, due + desk.parameters.force_after),
    )


def _request(desk: Desk, position: ProviderPosition, alive: bool) -> OpenRequest:
    due, forced = due_epoch(position), forced_epoch(position, desk.parameters)
    paid = payment(position, desk.figures, desk.epoch, desk.parameters)
    blocked, said = _blocked(desk, due, forced, paid.gross, alive)
    ready = blocked is None
    return OpenRequest(
        shares=str(position.requested_shares),
        requested=date(desk, position.request_epoch),
        value_at_request=str(position.request_value),
        value_now=str(desk.figures.assets(position.requested_shares) if alive else 0),
        payable=date(desk, due),
        forced=date(desk, forced),
        early_fee_bps=position.request_fee_bps,
        pays_now=str(paid.net if ready else 0),
        fee_now=str(paid.fee if ready else 0),
        waits=str(paid.waits if alive and desk.epoch >= due else 0),
        blocked=blocked,
        words=said,
    )


def _blocked(desk: Desk, due: int, forced: int, gross: int, alive: bool) -> tuple[Blocked | None, str]:
    """Why a request can't be paid now; None when it can."""
    if not alive:
        return "E_GENERATION", "the pool was wiped out after this deposit: executing clears the request for nothing"
    if desk.epoch < due:
        return "E_NOTICE", f"payable from {words.epoch_date(desk.schedule, due)}; at risk until then"
    if desk.epoch >= forced:
        return None, "payable now, whatever the cap says"
    if not desk.figures.fresh:
        return "E_STALE", "the market's score is too old: it has to be cranked first, anyone may"
    if not gross:
        when = words.epoch_date(desk.schedule, forced)
        return "E_UTILIZATION", f"open interest needs the whole pool: later, and from {when} in any case"
    return None, "payable now"


def _pool(desk: Desk) -> PoolState:
    figures = desk.figures
    return PoolState(
        available=str(figures.nav),
        total_shares=str(figures.total_shares),
        share_price=str(figures.share_price),
        entry_price=str(figures.entry_price),
        pending_deficit=str(desk.pool.unsettled),
        utilisation_bps=figures.utilisation_bps,
        utilisation_cap_bps=desk.parameters.util_cap_bps,
        withdrawable=str(figures.withdrawable),
        score_fresh=figures.fresh,
    )
