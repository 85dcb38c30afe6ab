"""Deposits: USDC for shares."""

from dataclasses import replace

from solders.instruction import Instruction

from offchain import words
from offchain.api.build.assembly import Intent, Meaning, assemble
from offchain.api.build.desk import Desk, open_desk
from offchain.api.build.inputs import key, market_key, refused, whole
from offchain.api.build.labels import market_labels
from offchain.api.build.schemas.built import BuiltTransaction, Caution, Dates, Received
from offchain.api.build.schemas.requests import DepositRequest
from offchain.api.build.schemas.scalars import Date
from offchain.api.build.trial import Trial
from offchain.api.context import ApiContext
from offchain.api.problems import unavailable
from offchain.chain.events.generated.insurance_pool import Deposited, ToppedUp
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.instructions import insurance_pool
from offchain.chain.pool_figures import PoolFigures
from offchain.plain_words.deposits import deposit_rows, least


async def build_deposit(context: ApiContext, body: DepositRequest) -> BuiltTransaction:
    """A deposit, or a top-up of the position of this epoch."""
    amount = whole(body.amount, "amount")
    fewest = None if body.min_shares is None else whole(body.min_shares, "min_shares")
    desk = await open_desk(context, market_key(context, body.market), key(body.provider, "provider"))
    refuse(desk, amount, body.accept_pending_deficit)
    desk.require_funds(amount)
    epoch = desk.epoch
    place = desk.m.provider_position(desk.user, epoch)
    step = insurance_pool.deposit if await desk.read(ProviderPosition, place) is None else insurance_pool.top_up

    def bound(trial: Trial) -> int:
        return least(_event(trial).minted, body.slippage_bps) if fewest is None else fewest

    def build(trial: Trial | None) -> list[Instruction]:
        shares = (fewest or 0) if trial is None else bound(trial)
        return [step(desk.user, desk.market, desk.usdc, amount, shares, epoch, desk.at)]

    def tell(trial: Trial) -> Meaning:
        return _meaning(desk, _event(trial), bound(trial))

    intent = Intent(
        action="deposit",
        title=f"Deposit {words.usdc(amount)}",
        payer=desk.user,
        market=desk.market,
        mint=desk.risk.mint,
        wallet=desk.usdc,
        build=build,
        tell=tell,
        pays=amount,
        priority=body.priority,
        labels=market_labels(desk.m),
        epoch_ends=desk.schedule.start(epoch + 1),
    )
    return await assemble(context, intent)


def refuse(desk: Desk, amount: int, accept_pending_deficit: bool = True) -> None:
    """Problem 422 for what is known before any simulation."""
    smallest = desk.parameters.min_deposit
    if amount < smallest:
        raise refused("E_MIN_DEPOSIT", f"{words.usdc(amount)} is too little: deposit at least {words.usdc(smallest)}")
    if desk.config.paused_until > desk.now:
        until = words.date(desk.config.paused_until)
        raise refused("E_PAUSED", f"the guardian has stopped deposits: the stop ends by itself {until}")
    if not accept_pending_deficit and desk.figures.priced_nav < desk.figures.nav:
        worth = after_deposit(desk.figures, amount).assets(desk.figures.minted(amount))
        raise refused(
            "PENDING_DEFICIT",
            f"a deficit of {words.usdc(desk.pool.unsettled)} is known but not settled, and shares are sold at the "
            f"price before it: this deposit would be worth {words.usdc(worth)} at once. Wait until it is settled, or "
            "accept that (accept_pending_deficit)",
        )


def after_deposit(figures: PoolFigures, amount: int) -> PoolFigures:
    """The pool's figures with a deposit in it."""
    grown = figures.nav + amount
    deficit = figures.nav - figures.priced_nav
    return replace(
        figures,
        nav=grown,
        priced_nav=max(0, grown - deficit),
        total_shares=figures.total_shares + figures.minted(amount),
    )


def warnings(desk: Desk) -> list[Caution]:
    """What a provider should know of the pool before money goes in."""
    found = []
    if desk.figures.priced_nav < desk.figures.nav:
        found.append(
            Caution("PENDING_DEFICIT", f"a deficit of {words.usdc(desk.pool.unsettled)} is known but not settled")
        )
    if desk.pool.reasons:
        reasons = words.reasons(desk.pool.reasons)
        found.append(Caution("RESTRICTED", f"the market is restricted ({reasons}): no new positions, claims go on"))
    if desk.pool.exit:
        found.append(Caution("EXIT", "a withdrawal has waited for a week because open interest needs the pool"))
    if desk.pool.stake_request:
        asked = words.usdc(desk.pool.stake_request)
        found.append(Caution("STAKE_REQUESTED", f"the creator has asked for {asked} of the first-loss stake back"))
    return found


def _meaning(desk: Desk, event: Deposited | ToppedUp, fewest: int) -> Meaning:
    pool, schedule, position = desk.pool, desk.schedule, event.position_after
    after = after_deposit(desk.figures, event.amount)
    notice = desk.epoch + pool.notice_epochs
    free = max(desk.epoch, position.unlock_epoch) + pool.notice_epochs
    return Meaning(
        rows=deposit_rows(event, fewest, pool, schedule),
        warnings=warnings(desk),
        receives=Received(
            shares=str(event.minted),
            shares_at_least=str(fewest),
            share_price=str(desk.figures.entry_price),
            value=str(after.assets(event.minted)),
        ),
        dates=Dates(
            lock_ends=date(desk, position.unlock_epoch),
            notice_ends=date(desk, notice),
            exit=date(desk, free),
            forced=date(desk, free + desk.parameters.force_after),
        ),
    )


def date(desk: Desk, epoch: int) -> Date:
    """When an epoch begins."""
    return Date(epoch, desk.schedule.start(epoch))


def _event(trial: Trial) -> Deposited | ToppedUp:
    for event in trial.events:
        if isinstance(event, Deposited | ToppedUp):
            return event
    raise unavailable("the node's simulation shows no deposit: try again, or take another node")
