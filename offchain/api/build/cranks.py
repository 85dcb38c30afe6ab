"""Cranks for anybody: what a keeper would find due now, with what it pays, and the transaction to do it."""

from dataclasses import replace
from typing import cast

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain import words
from offchain.api.build.assembly import Intent, Meaning, assemble
from offchain.api.build.desk import NOBODY, chain_of
from offchain.api.build.inputs import key, market_key, refused
from offchain.api.build.labels import market_labels
from offchain.api.build.market_view import Snapshot, read_market
from offchain.api.build.schemas.built import BuiltTransaction, Received
from offchain.api.build.schemas.cranks import DueJob, DueJobs
from offchain.api.build.schemas.requests import CrankRequest
from offchain.api.build.trial import Trial
from offchain.api.context import ApiContext
from offchain.api.problems import Problem
from offchain.api.schemas.kinds import Duty
from offchain.chain.epochs import Schedule
from offchain.chain.errors import ProgramError
from offchain.chain.tokens import associated, create_associated
from offchain.errors import PercosecError
from offchain.keeper.duties import DUTIES, price
from offchain.keeper.job import Job, Lane
from offchain.keeper.moment import Moment
from offchain.keeper.plan import Plan, choose
from offchain.plain_words.duties import DUTIES as WORDS

MOST = 16
"""Jobs that one answer simulates."""
NOT_DUE = 409


async def list_due(context: ApiContext, market: str, payer: str | None) -> DueJobs:
    """What is due; with a payer each job is simulated for it."""
    market_id = market_key(context, market)
    who = NOBODY if payer is None else key(payer, "payer")
    snapshot = await read_market(context, market_id)
    moment = moment_of(context, snapshot, who)
    jobs = await _due(context, snapshot, moment)
    items = [await _item(context, job, None if payer is None else who) for job in jobs[:MOST]]
    following = moment.schedule.start(moment.epoch + 1)
    return DueJobs(str(market_id), items, None, moment.epoch, following, str(snapshot.slot))


async def build_crank(context: ApiContext, body: CrankRequest) -> BuiltTransaction:
    """The job that was named, or the most urgent one that would pass."""
    market_id, payer = market_key(context, body.market), key(body.payer, "payer")
    await _require_sol(context, payer)
    snapshot = await read_market(context, market_id)
    moment = moment_of(context, snapshot, payer)
    jobs = await _due(context, snapshot, moment)
    if body.job is not None:
        jobs = [job for job in jobs if job.key == body.job]
    if not jobs:
        when = words.date(moment.schedule.start(moment.epoch + 1))
        what = "this job is not due" if body.job is not None else "nothing is due"
        raise Problem(NOT_DUE, "not_due", f"{what} in the market now: look again, the next epoch begins {when}")
    job, plan = await _first_possible(context, jobs[:MOST], payer, body.priority)
    return await assemble(context, _intent(snapshot, moment, job, plan, body.priority))


def moment_of(context: ApiContext, snapshot: Snapshot, payer: Pubkey) -> Moment:
    """As a keeper with this wallet would look at the market."""
    risk = snapshot.directory.risk
    if risk is None:
        raise refused("E_STATE", "the programs are not configured on this chain: deploy them first")
    return Moment(
        now=snapshot.now,
        schedule=Schedule(risk.genesis, risk.epoch_seconds),
        parameters=context.parameters,
        at=context.at,
        keeper=payer,
        token=associated(payer, risk.mint),
        sync_bps=context.settings.keeper.sync_bps,
    )


async def _due(context: ApiContext, snapshot: Snapshot, moment: Moment) -> list[Job]:
    """Every job, urgent ones first, the heaviest before others."""
    view = snapshot.view
    jobs: list[Job] = []
    if snapshot.reading is not None:
        jobs += price.due(view.config.oracle_feed, view.feed, snapshot.reading, [view], moment)
    jobs += [job for due in DUTIES.values() for job in due(view, moment)]
    jobs.sort(key=lambda job: (job.lane != Lane.URGENT, -job.weight))
    if moment.keeper != NOBODY and await chain_of(context).account(moment.token) is None:
        opening = create_associated(moment.keeper, moment.keeper, view.perp.mint)
        jobs = [_with_account(job, moment.token, opening) for job in jobs]
    return jobs


def _with_account(job: Job, token: Pubkey, opening: Instruction) -> Job:
    """Open the payer's USDC account first, where a step pays into it."""
    variants = tuple(
        (opening, *steps) if any(meta.pubkey == token for step in steps for meta in step.accounts) else steps
        for steps in job.variants
    )
    return replace(job, variants=variants)


async def _first_possible(context: ApiContext, jobs: list[Job], payer: Pubkey, priority: int) -> tuple[Job, Plan]:
    refusal: PercosecError | None = None
    for job in jobs:
        try:
            return job, await choose(job, chain_of(context), payer, context.at, priority)
        except ProgramError as error:
            refusal = refusal or error
    if refusal is None:
        raise Problem(NOT_DUE, "not_due", "nothing is due in the market now: look again later")
    raise refusal


async def _item(context: ApiContext, job: Job, payer: Pubkey | None) -> DueJob:
    item = DueJob(
        key=job.key,
        duty=cast(Duty, job.duty),
        title=WORDS[job.duty],
        urgent=job.lane == Lane.URGENT,
        at_stake=str(job.weight),
        possible=None,
        pays=None,
        costs=None,
        code=None,
        advice=None,
    )
    if payer is None:
        return item
    try:
        plan = await choose(job, chain_of(context), payer, context.at, 0)
    except ProgramError as error:
        item.possible, item.code, item.advice = False, error.code, f"{error.message}. {error.advice}"
        return item
    item.possible, item.pays, item.costs = True, str(plan.usdc), str(plan.lamports)
    return item


def _intent(snapshot: Snapshot, moment: Moment, job: Job, plan: Plan, priority: int) -> Intent:
    view, title = snapshot.view, WORDS[job.duty]

    def tell(trial: Trial) -> Meaning:
        income = -trial.paid_by(moment.token)
        rows = [("duty", title), ("pays you", words.usdc(income)), ("costs you", words.sol(trial.fee))]
        if job.weight:
            rows.append(("at stake", words.usdc(job.weight)))
        return Meaning(rows=rows, receives=Received(amount=str(income)))

    return Intent(
        action="crank",
        title=f"{title[0].upper()}{title[1:]}",
        payer=moment.keeper,
        market=view.id,
        mint=view.perp.mint,
        wallet=moment.token,
        build=lambda _trial: plan.steps,
        tell=tell,
        pays=None,
        priority=priority,
        labels=market_labels(moment.at.market(view.id)),
    )


async def _require_sol(context: ApiContext, payer: Pubkey) -> None:
    wallet = await chain_of(context).account(payer)
    if wallet is None or not wallet.lamports:
        raise refused("LAMPORTS", f"{payer} holds no SOL, which fees are paid in: fund it")
