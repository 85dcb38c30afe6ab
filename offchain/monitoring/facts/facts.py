"""`Facts`: one moment of the whole deployment. Rules are functions of it."""

import time
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.api.context import ApiContext
from offchain.api.reading import reading
from offchain.api.rows import MarketRows, load_markets
from offchain.chain.epochs import Schedule
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.restriction import reasons_now
from offchain.database.tables.projections import TABLES
from offchain.database.tables.share_price import SharePrice
from offchain.monitoring.facts.chain import ChainFacts
from offchain.monitoring.facts.jobs import Job, read_jobs
from offchain.monitoring.facts.kept import read_chain_facts
from offchain.processor.figures.failures import FailureRate
from offchain.processor.processor import read_schedule
from offchain.processor.store import FailureFigures, read_figures

LIVE = 2
"""Status of a market that trades."""
RESERVED = 1
"""State of a claim whose payout waits."""


@dataclass(frozen=True)
class Market:
    """One registered market; times are unix seconds of the chain."""

    id: str
    live: bool
    feed: str
    publish_time: int
    """Of the feed's newest price; 0 for none."""
    has_score: bool
    score_epoch: int
    scored_at: int
    score: int
    """1e6 = 1.0."""
    grade: int
    reasons: int
    """Bits that restrict it now."""
    synced_at: int
    capital: int
    """Atoms of the pool's available balance."""
    required_reserve: int
    utilisation_bps: int
    arrears: int
    """Atoms of premium that it owes."""


@dataclass(frozen=True)
class QueuedPayout:
    """A claim whose payout has not been released."""

    market: str
    sequence: int
    amount: int
    """Net, atoms; it stands in the pool's ledger as `reserved`."""
    since: int
    """Unix seconds of the chain: when the claim was opened."""


@dataclass(frozen=True)
class LargeClaim:
    """What one claim took out of a pool; atoms."""

    market: str
    time: int
    """Unix seconds of the chain."""
    signature: str
    before: int
    """All that could pay claims, before it ..."""
    after: int
    """... and after it."""


@dataclass(frozen=True)
class Facts:
    """One moment."""

    now: int
    """The chain's unix time, seconds."""
    now_ms: int
    """This machine's unix milliseconds."""
    slot: int
    """Of the newest indexed transaction."""
    schedule: Schedule | None
    """None before the programs are configured."""
    markets: tuple[Market, ...] = ()
    payouts: tuple[QueuedPayout, ...] = ()
    claims: tuple[LargeClaim, ...] = ()
    """Every claim of late; rules judge their size."""
    failures: tuple[FailureRate, ...] = ()
    jobs: tuple[Job, ...] = ()
    chain: ChainFacts | None = None
    chain_ms: int = 0
    """When the chain was looked at, this machine's unix milliseconds."""
    epoch: int = 0
    """Of `now`; 0 before the genesis."""

    def score_due(self, market: Market) -> int:
        """Chain seconds since the first epoch after its score began, the running one where it has none; 0: not due.

        Epochs that nobody scored add up: where the chain's clock is driven, one may last no longer than a look.
        """
        if self.schedule is None or (market.has_score and market.score_epoch >= self.epoch):
            return 0
        first = market.score_epoch + 1 if market.has_score else self.epoch
        return max(0, self.now - self.schedule.start(first))


def gather(context: ApiContext) -> Facts:
    """Everything the index and its figures say now."""
    with reading(context) as view:
        schedule = read_schedule(view.session)
        epoch = schedule.epoch(view.now) if schedule is not None and view.now >= schedule.genesis else 0
        rows = load_markets(view)
        failures = read_figures(view.session, FailureFigures)
        chain = read_chain_facts(view.session)
        since = view.now - context.settings.monitoring.claim_hours * 3_600
        return Facts(
            now=view.now,
            now_ms=time.time_ns() // 1_000_000,
            slot=view.slot,
            schedule=schedule,
            markets=tuple(_market(row, epoch, context) for row in rows),
            payouts=tuple(_payouts(view.session, rows)),
            claims=tuple(_claims(view.session, since)),
            failures=tuple(failures.figures.rates) if failures else (),
            jobs=tuple(read_jobs(view.session)),
            chain=chain.figures if chain else None,
            chain_ms=chain.made_ms if chain else 0,
            epoch=epoch,
        )


def _market(row: MarketRows, epoch: int, context: ApiContext) -> Market:
    return Market(
        id=row.id,
        live=row.config.status == LIVE,
        feed=row.config.oracle_feed,
        publish_time=row.feed.publish_time,
        has_score=row.score.has_score,
        score_epoch=row.score.epoch,
        scored_at=row.score.last_updated_at,
        score=row.score.composite_score,
        grade=row.score.grade,
        reasons=reasons_now(row.score, row.inputs, row.engine, epoch, context.parameters),
        synced_at=row.perp.synced_at,
        capital=row.pool.available_balance,
        required_reserve=row.pool.required_reserve,
        utilisation_bps=row.pool.utilization_rate,
        arrears=max(0, -row.premium.balance),
    )


def _payouts(session: Session, rows: list[MarketRows]) -> list[QueuedPayout]:
    claims = TABLES[ClaimRecord].c
    found = []
    for row in rows:
        if row.pool.reserved_sequence:
            opened = session.execute(
                select(claims.opened_at).where(
                    claims.market_id == row.id, claims.sequence == row.pool.reserved_sequence
                )
            ).scalar()
            found.append(QueuedPayout(row.id, row.pool.reserved_sequence, row.pool.reserved, opened or 0))
    return found


def _claims(session: Session, since: int) -> list[LargeClaim]:
    """The pool's size before a claim is what the row before the claim's own says."""
    order = (col(SharePrice.slot), col(SharePrice.position), col(SharePrice.number))
    before = func.lag(col(SharePrice.tvl)).over(partition_by=col(SharePrice.market_id), order_by=order)
    opened = TABLES[ClaimRecord].c
    paid = select(opened.market_id).where(opened.opened_at > since - _EARLIER).distinct()
    recent = (
        select(
            *(col(SharePrice.market_id), col(SharePrice.block_time), col(SharePrice.signature)),
            *(before.label("before"), col(SharePrice.tvl).label("after"), col(SharePrice.event)),
        )
        .where(col(SharePrice.market_id).in_(paid), col(SharePrice.block_time) > since - _EARLIER)
        .subquery()
    )
    rows = session.execute(
        select(recent.c.market_id, recent.c.block_time, recent.c.signature, recent.c.before, recent.c.after)
        .where(recent.c.event == "PayoutRequested", recent.c.block_time > since, recent.c.before.is_not(None))
        .order_by(recent.c.block_time)
    )
    return [LargeClaim(*row) for row in rows]


_EARLIER = 86_400
"""The row before a claim is looked for up to a day earlier: each epoch writes one."""
