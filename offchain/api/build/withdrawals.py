"""Leaving: request, take back, and after the notice be paid."""

from solders.instruction import Instruction

from offchain import words
from offchain.api.build.assembly import Build, Intent, Meaning, Tell, assemble
from offchain.api.build.deposits import date
from offchain.api.build.desk import Desk, open_desk
from offchain.api.build.inputs import key, market_key, refused, whole
from offchain.api.build.labels import market_labels
from offchain.api.build.payments import due_epoch, forced_epoch, payment
from offchain.api.build.schemas.built import BuiltTransaction, Caution, Dates, Fee, Received
from offchain.api.build.schemas.requests import CancellationRequest, ExecutionRequest, WithdrawalRequest
from offchain.api.build.trial import Trial
from offchain.api.context import ApiContext
from offchain.api.problems import unavailable
from offchain.api.schemas.kinds import Action, FeeName
from offchain.chain.events.generated.insurance_pool import WithdrawalCancelled, WithdrawalExecuted, WithdrawalRequested
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.instructions import insurance_pool
from offchain.chain.pool_figures import BPS, up
from offchain.plain_words.deposits import least
from offchain.plain_words.withdrawals import cancellation_rows, payment_rows, request_rows

CRANK = "POST /v1/transactions/crank"
POOL = "the other providers of the pool"


async def build_request(context: ApiContext, body: WithdrawalRequest) -> BuiltTransaction:
    """Fix value and early fee, and start the notice."""
    desk = await open_desk(context, market_key(context, body.market), key(body.provider, "provider"))
    position = await desk.position(desk.user, body.entry_epoch)
    _require_generation(desk, position)
    if position.requested_shares:
        raise refused("E_REQUEST", "a request is open already: take it back first, or wait for its payment")
    shares = shares_of(desk, position, body.amount, body.shares)

    def build(_trial: Trial | None) -> list[Instruction]:
        return [insurance_pool.request_withdrawal(desk.user, desk.market, body.entry_epoch, shares, desk.at)]

    def tell(trial: Trial) -> Meaning:
        return _requested(desk, position, trial.found(WithdrawalRequested))

    title = "Request a withdrawal"
    return await assemble(context, _intent(desk, "request-withdrawal", title, build, tell, body.priority))


async def build_cancellation(context: ApiContext, body: CancellationRequest) -> BuiltTransaction:
    """Take a request back."""
    desk = await open_desk(context, market_key(context, body.market), key(body.provider, "provider"))
    position = await desk.position(desk.user, body.entry_epoch)
    _require_request(position)

    def build(_trial: Trial | None) -> list[Instruction]:
        return [insurance_pool.cancel_withdrawal(desk.user, desk.market, body.entry_epoch, desk.at)]

    def tell(trial: Trial) -> Meaning:
        event = trial.found(WithdrawalCancelled)
        after = event.position_after
        gained = "what the shares gained since the request"
        fees = [_fee("forgone", gained, event.forgone, desk)] if event.forgone else []
        return Meaning(
            rows=cancellation_rows(event, position),
            fees=fees,
            receives=Received(shares=str(after.shares), value=str(desk.figures.assets(after.shares))),
            dates=Dates(lock_ends=date(desk, after.unlock_epoch)),
        )

    title = "Take a withdrawal request back"
    return await assemble(context, _intent(desk, "cancel-withdrawal", title, build, tell, body.priority))


async def build_execution(context: ApiContext, body: ExecutionRequest) -> BuiltTransaction:
    """Pay a request to its provider."""
    provider = key(body.provider, "provider")
    caller = provider if body.caller is None else key(body.caller, "caller")
    fewest = None if body.min_amount is None else whole(body.min_amount, "min_amount")
    desk = await open_desk(context, market_key(context, body.market), caller)
    position = await desk.position(provider, body.entry_epoch)
    _require_request(position)
    if position.generation == desk.pool.generation:
        _refuse_payment(desk, position)
    destination, opening = await desk.payout_account(caller, provider)

    def bound(trial: Trial) -> int:
        return least(trial.found(WithdrawalExecuted).net, body.slippage_bps) if fewest is None else fewest

    def build(trial: Trial | None) -> list[Instruction]:
        lowest = (fewest or 0) if trial is None else bound(trial)
        step = insurance_pool.execute_withdrawal(
            caller, desk.market, provider, body.entry_epoch, destination, lowest, desk.at
        )
        return [*opening, step]

    def tell(trial: Trial) -> Meaning:
        event = trial.found(WithdrawalExecuted)
        if -trial.paid_by(destination) != event.net:
            raise unavailable("the node's simulation contradicts itself about the payment: take another node")
        fees = [_fee("early_exit", "early fee, which stays in the pool", event.fee, desk)] if event.fee else []
        return Meaning(
            rows=payment_rows(event, provider, bound(trial)),
            fees=fees,
            warnings=_wiped(event),
            receives=Received(amount=str(event.net), amount_at_least=str(bound(trial))),
            early_fee_bps=position.request_fee_bps,
            dates=Dates(forced=date(desk, forced_epoch(position, desk.parameters))),
        )

    intent = Intent(
        action="execute-withdrawal",
        title=f"Pay a withdrawal to {provider}",
        payer=caller,
        market=desk.market,
        mint=desk.risk.mint,
        wallet=destination,
        build=build,
        tell=tell,
        pays=None,
        priority=body.priority,
        labels=market_labels(desk.m),
    )
    return await assemble(context, intent)


def shares_of(desk: Desk, position: ProviderPosition, amount: str | None, shares: str | None) -> int:
    """The shares that are meant: given, the fewest that are worth an amount, or all."""
    if amount is not None and shares is not None:
        raise refused("E_AMOUNT", "give amount or shares, not both")
    number = position.shares
    if shares is not None:
        number = whole(shares, "shares")
    elif amount is not None:
        number = desk.figures.shares_for(whole(amount, "amount"))
    if not position.shares:
        raise refused("E_AMOUNT", "the position holds no shares any more: there is nothing to withdraw")
    if number > position.shares:
        worth = words.usdc(desk.figures.assets(position.shares))
        raise refused("E_AMOUNT", f"the position is worth {worth}: ask for at most that, or leave the amount out")
    return number


def _intent(desk: Desk, action: Action, title: str, build: Build, tell: Tell, priority: int) -> Intent:
    return Intent(
        action=action,
        title=title,
        payer=desk.user,
        market=desk.market,
        mint=desk.risk.mint,
        wallet=desk.usdc,
        build=build,
        tell=tell,
        priority=priority,
        labels=market_labels(desk.m),
    )


def _requested(desk: Desk, position: ProviderPosition, event: WithdrawalRequested) -> Meaning:
    after = event.position_after
    due = after.request_epoch + position.notice_epochs
    fee = up(after.request_value * after.request_fee_bps, BPS)
    fees = [_fee("early_exit", "early fee at the payment, which stays in the pool", fee, desk)] if fee else []
    return Meaning(
        rows=request_rows(event, position, desk.schedule, desk.parameters),
        fees=fees,
        warnings=[Caution("AT_RISK", "until it is paid the capital pays claims, and earns nothing")],
        receives=Received(amount=str(after.request_value - fee), value=str(after.request_value)),
        early_fee_bps=after.request_fee_bps,
        dates=Dates(
            lock_ends=date(desk, position.unlock_epoch),
            notice_ends=date(desk, due),
            exit=date(desk, due),
            forced=date(desk, due + desk.parameters.force_after),
        ),
    )


def _fee(name: FeeName, title: str, amount: int, desk: Desk) -> Fee:
    return Fee(name, title, "atoms", str(amount), str(desk.user), POOL)


def _wiped(event: WithdrawalExecuted) -> list[Caution]:
    if not event.wiped:
        return []
    return [Caution("WIPED", "the pool was wiped out after this deposit: nothing is paid, the request is cleared")]


def _require_request(position: ProviderPosition) -> None:
    if not position.requested_shares:
        raise refused("E_REQUEST", "the position has no open request: request a withdrawal first")


def _require_generation(desk: Desk, position: ProviderPosition) -> None:
    if position.generation != desk.pool.generation:
        raise refused("E_GENERATION", "the pool was wiped out after this deposit, its shares are worth nothing")


def _refuse_payment(desk: Desk, position: ProviderPosition) -> None:
    """Problem 422 for what is known before any simulation."""
    due, forced = due_epoch(position), forced_epoch(position, desk.parameters)
    if desk.epoch < due:
        when = words.epoch_date(desk.schedule, due)
        raise refused("E_NOTICE", f"the notice lasts until {when}, and the capital is at risk until then: come back")
    if position.provider != desk.user and desk.epoch < forced:
        when = words.epoch_date(desk.schedule, forced)
        raise refused("E_AUTHORITY", f"before {when} the provider alone may have the request paid: sign with its key")
    if desk.epoch < forced and not desk.figures.fresh:
        raise refused(
            "E_STALE",
            f"the market's score is too old to say what may leave: crank the market ({CRANK}), then try again",
        )
    if desk.epoch < forced and not payment(position, desk.figures, desk.epoch, desk.parameters).gross:
        when = words.epoch_date(desk.schedule, forced)
        raise refused(
            "E_UTILIZATION",
            f"the utilisation cap is reached, open interest needs the whole pool: try again later; from {when} it is "
            "paid in any case",
        )
