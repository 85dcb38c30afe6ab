"""The creator's first-loss stake, and the executor's claim fee: the money of those who are no providers."""

from collections.abc import Callable

from solders.instruction import Instruction

from offchain import words
from offchain.api.build.assembly import Intent, Meaning, assemble
from offchain.api.build.deposits import date
from offchain.api.build.desk import Desk, open_desk
from offchain.api.build.inputs import key, market_key, refused, whole
from offchain.api.build.labels import market_labels
from offchain.api.build.schemas.built import BuiltTransaction, Caution, Dates, Received
from offchain.api.build.schemas.requests import ClaimFeeRequest, StakeAmountRequest, StakeRequest
from offchain.api.build.trial import Trial
from offchain.api.context import ApiContext
from offchain.api.problems import not_found
from offchain.api.schemas.kinds import Action
from offchain.chain.accounts import decode_account
from offchain.chain.events.generated.insolvency_handler import ClaimFeeCollected
from offchain.chain.events.generated.insurance_pool import StakeCancelled, StakeFunded, StakePaid, StakeRequested
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.instructions import insolvency_handler, insurance_pool
from offchain.plain_words import stakes as told

COMPLETE = 2
"""State of a claim record whose payout was released."""


async def build_funding(context: ApiContext, body: StakeAmountRequest) -> BuiltTransaction:
    """Add to the stake."""
    amount = whole(body.amount, "amount")
    desk = await _creators_desk(context, body.market, body.creator)
    desk.require_funds(amount)
    step = insurance_pool.fund_first_loss(desk.user, desk.market, desk.usdc, amount, desk.at)

    def tell(trial: Trial) -> Meaning:
        cautions = [Caution("FIRST_LOSS", "the stake pays claims before any provider loses something")]
        return Meaning(rows=told.funded_rows(trial.found(StakeFunded)), warnings=cautions)

    title = f"Add {words.usdc(amount)} to the first-loss stake"
    return await _assemble(desk, "fund-stake", title, [step], tell, body.priority, amount)


async def build_request(context: ApiContext, body: StakeAmountRequest) -> BuiltTransaction:
    """Ask for a part of the stake."""
    amount = whole(body.amount, "amount")
    desk = await _creators_desk(context, body.market, body.creator)
    if amount > desk.pool.first_loss:
        held = words.usdc(desk.pool.first_loss)
        raise refused("E_AMOUNT", f"the stake is {held}: ask for at most that")
    step = insurance_pool.request_stake(desk.user, desk.market, amount, desk.at)
    notice = desk.pool.notice_epochs

    def tell(trial: Trial) -> Meaning:
        event = trial.found(StakeRequested)
        return Meaning(
            rows=told.requested_rows(event, notice, desk.schedule),
            receives=Received(amount=str(event.amount)),
            dates=Dates(notice_ends=date(desk, event.epoch + notice), exit=date(desk, event.epoch + notice)),
        )

    title = f"Ask for {words.usdc(amount)} of the first-loss stake"
    return await _assemble(desk, "request-stake", title, [step], tell, body.priority)


async def build_payment(context: ApiContext, body: StakeRequest) -> BuiltTransaction:
    """Have the requested part paid."""
    desk = await _creators_desk(context, body.market, body.creator)
    _require_request(desk)
    due = desk.pool.stake_request_epoch + desk.pool.notice_epochs
    if desk.epoch < due:
        when = words.epoch_date(desk.schedule, due)
        raise refused("E_NOTICE", f"the notice lasts until {when}, and the stake is at risk until then: come back")
    destination, opening = await desk.payout_account(desk.user, desk.user)
    step = insurance_pool.execute_stake(desk.user, desk.market, destination, desk.at)

    def tell(trial: Trial) -> Meaning:
        event = trial.found(StakePaid)
        return Meaning(rows=told.paid_rows(event), receives=Received(amount=str(event.amount)))

    title = "Take the requested stake out"
    return await _assemble(desk, "execute-stake", title, [*opening, step], tell, body.priority, None)


async def build_cancellation(context: ApiContext, body: StakeRequest) -> BuiltTransaction:
    """Leave the stake in."""
    desk = await _creators_desk(context, body.market, body.creator)
    _require_request(desk)
    step = insurance_pool.cancel_stake(desk.user, desk.market, desk.at)

    def tell(trial: Trial) -> Meaning:
        return Meaning(rows=told.cancelled_rows(trial.found(StakeCancelled), desk.pool.first_loss))

    return await _assemble(desk, "cancel-stake", "Take the stake's request back", [step], tell, body.priority)


async def build_fee_collection(context: ApiContext, body: ClaimFeeRequest) -> BuiltTransaction:
    """Pay the executor of a claim."""
    desk = await open_desk(context, market_key(context, body.market), key(body.executor, "executor"))
    address = desk.m.claim(body.sequence)
    account = await desk.chain.account(address)
    if account is None or account.owner != desk.at.insolvency_handler:
        raise not_found(f"there is no claim {body.sequence} in this market: /v1/claims lists those there are")
    record = decode_account(ClaimRecord, account, desk.at.insolvency_handler, address)
    if record.state != COMPLETE:
        raise refused("E_STATE", "this claim is not paid yet: its fee can be collected after release_funds")
    if record.executor != desk.user:
        raise refused("E_AUTHORITY", f"the fee belongs to {record.executor}, the claim's executor: sign with that key")
    if record.fee_collected or not record.executor_fee:
        raise refused("E_STATE", "the fee of this claim has been collected: there is nothing left")
    destination, opening = await desk.payout_account(desk.user, desk.user)
    step = insolvency_handler.collect_claim_fee(desk.user, desk.market, body.sequence, destination, desk.at)

    def tell(trial: Trial) -> Meaning:
        paid = trial.found(ClaimFeeCollected).amount
        return Meaning(rows=[("paid", words.usdc(paid))], receives=Received(amount=str(paid)))

    title = f"Collect the fee of claim {body.sequence}"
    return await _assemble(desk, "collect-claim-fee", title, [*opening, step], tell, body.priority, None)


async def _creators_desk(context: ApiContext, market: str, creator: str) -> Desk:
    desk = await open_desk(context, market_key(context, market), key(creator, "creator"))
    if desk.pool.creator != desk.user:
        raise refused("E_AUTHORITY", f"the stake belongs to the creator {desk.pool.creator}: sign with that key")
    return desk


def _require_request(desk: Desk) -> None:
    if not desk.pool.stake_request:
        raise refused("E_REQUEST", "no part of the stake was asked for: request it first")


async def _assemble(
    desk: Desk,
    action: Action,
    title: str,
    steps: list[Instruction],
    tell: Callable[[Trial], Meaning],
    priority: int,
    pays: int | None = 0,
) -> BuiltTransaction:
    intent = Intent(
        action=action,
        title=title,
        payer=desk.user,
        market=desk.market,
        mint=desk.risk.mint,
        wallet=desk.usdc,
        build=lambda _trial: steps,
        tell=tell,
        pays=pays,
        priority=priority,
        labels=market_labels(desk.m),
    )
    return await assemble(desk.context, intent)
