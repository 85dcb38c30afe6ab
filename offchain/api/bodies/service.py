"""Health, status and totals as documents."""

from typing import Any

from sqlalchemy import and_, func, select

from offchain.api.bodies.positions import count as positions
from offchain.api.names import name_of
from offchain.api.public_node import public_node
from offchain.api.reading import View
from offchain.api.rows import MarketRows, load_markets
from offchain.api.schemas.service import (
    CaptureState,
    Health,
    IndexState,
    KeeperState,
    MarkRow,
    PriceState,
    ProgramRow,
    Status,
    Totals,
)
from offchain.chain.breach import PRICE_ONE
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.market_view import OPEN
from offchain.chain.pool_figures import pool_figures
from offchain.chain.restriction import reasons_now
from offchain.database.tables.projections import TABLES
from offchain.database.tables.score_history import ScoreHistory
from offchain.database.tables.transaction import Transaction
from offchain.database.tables.watermark import Watermark
from offchain.indexer.store.marks import WRITES
from offchain.monitoring.status import bodies as monitoring
from offchain.plain_words.risks import LOSS_WARNING
from offchain.prices import history
from offchain.settings.prices import source_named

_SENT: Any = Transaction.__table__  # type: ignore[attr-defined]
_MARKS: Any = Watermark.__table__  # type: ignore[attr-defined]
_SCORES: Any = ScoreHistory.__table__  # type: ignore[attr-defined]
_CLAIMS, _PERPS = TABLES[ClaimRecord], TABLES[PerpPosition]
_HELD, _POOLS, _RISK = TABLES[ProviderPosition].c, TABLES[InsurancePool].c, TABLES[RiskConfig].c
_PAID = _CLAIMS.c.state > 1


def health(view: View) -> Health:
    """The database answers."""
    return Health(as_of_slot=view.slot, status="ok")


def status(view: View) -> Status:
    """How everything stands."""
    context = view.context
    cluster = context.project.cluster(context.settings.cluster)
    deployed = view.session.execute(select(_RISK.dev).limit(1)).scalar()
    known = deployed is not None
    markets = load_markets(view)
    return Status(
        as_of_slot=view.slot,
        cluster=cluster.name,
        version=context.project.version,
        development=bool(deployed),
        genesis_hash=cluster.genesis_hash or None,
        rpc=public_node(context.settings, context.project),
        usdc_mint=cluster.usdc_mint,
        now=view.now,
        epoch=view.epoch if known else None,
        epoch_ends_at=view.schedule.start(view.epoch + 1) if known else None,
        index=_index(view, markets),
        prices=[_price(view, rows) for rows in markets],
        capture=[_capture(row) for row in history.sources(view.session)],
        keepers=_keepers(view),
        programs=[ProgramRow(name=name, program_id=str(key)) for name, key in sorted(context.at.deployed.items())],
        alerts=monitoring.standing(view),
        jobs=monitoring.jobs(view),
        warning=LOSS_WARNING,
    )


def totals(view: View) -> Totals:
    """Everything added up."""
    markets = load_markets(view)
    epoch = view.epoch if markets else 0
    parameters = view.context.parameters
    paid = select(func.count(), func.sum(_CLAIMS.c.payout_amount), func.sum(_CLAIMS.c.uncovered)).where(_PAID)
    claims, claimed, uncovered = view.session.execute(paid).one()
    holding = and_(_POOLS.market_id == _HELD.market_id, _POOLS.generation == _HELD.generation)
    providers = select(func.count(func.distinct(_HELD.provider))).where(holding, _HELD.shares > 0)
    sent = select(func.count(), func.count(_SENT.c.error_code))
    transactions, failed = view.session.execute(sent).one()
    pools = [rows.pool for rows in markets]
    return Totals(
        as_of_slot=view.slot,
        markets=len(markets),
        live=sum(1 for rows in markets if not reasons_now(rows.score, rows.inputs, rows.engine, epoch, parameters)),
        tvl=str(sum(one.available_balance + one.unvested + one.first_loss + one.residual for one in pools)),
        capital=str(sum(pool_figures(one, epoch, parameters).nav for one in pools)),
        open_interest=str(sum(_open_interest(rows) for rows in markets)),
        premiums_collected=str(sum(rows.premium.total_collected for rows in markets)),
        premiums_routed=str(sum(rows.premium.total_routed for rows in markets)),
        claims=claims,
        claimed=str(int(claimed or 0)),
        uncovered=str(int(uncovered or 0)),
        no_claims=sum(rows.registry.no_claims for rows in markets),
        providers=int(view.session.execute(providers).scalar_one()),
        transactions=transactions,
        failed=failed,
    )


def _open_interest(rows: MarketRows) -> int:
    perp = rows.perp
    return int(perp.oi_long * perp.price // PRICE_ONE + perp.oi_short * perp.price // PRICE_ONE)


def _index(view: View, markets: list[MarketRows]) -> IndexState:
    session = view.session
    order = (_SENT.c.slot.desc(), _SENT.c.position.desc())
    newest = session.execute(select(_SENT.c.block_time).order_by(*order).limit(1)).scalar()
    marks = session.execute(select(_MARKS).where(_MARKS.c.program != WRITES).order_by(_MARKS.c.program))
    perps = select(func.count()).select_from(_PERPS).where(_PERPS.c.state == OPEN)
    return IndexState(
        newest_slot=view.slot,
        newest_at=newest,
        age=None if newest is None else max(0, view.now - newest),
        watermarks=[MarkRow(program=row.program, slot=row.slot, signature=row.signature) for row in marks],
        markets=len(markets),
        pools=len(markets),
        positions=positions(view),
        open_perp_positions=int(session.execute(perps).scalar_one()),
        claims=int(session.execute(select(func.count()).select_from(_CLAIMS).where(_PAID)).scalar_one()),
    )


def _price(view: View, rows: MarketRows) -> PriceState:
    age = max(0, view.now - rows.feed.publish_time)
    parameters = view.context.parameters
    return PriceState(
        market_id=rows.id,
        name=name_of(view.context, rows.id),
        feed=rows.feed.address,
        age=age,
        fresh=age <= parameters.price_max_age,
        synced_age=max(0, view.now - rows.perp.synced_at),
        score_age_epochs=view.epoch - rows.score.epoch if rows.score.has_score else None,
        restricted=reasons_now(rows.score, rows.inputs, rows.engine, view.epoch, parameters) != 0,
    )


def _capture(row: Any) -> CaptureState:
    return CaptureState(
        pair=row.pair, source=source_named(row.source), state=row.state, in_use=row.in_use, seen_ms=row.seen_ms
    )


def _keepers(view: View) -> KeeperState:
    order = (_SCORES.c.slot.desc(), _SCORES.c.position.desc(), _SCORES.c.number.desc())
    last = view.session.execute(select(_SCORES.c.slot, _SCORES.c.block_time).order_by(*order).limit(1)).first()
    if last is None:
        return KeeperState(last_slot=None, last_at=None, age=None)
    return KeeperState(last_slot=last.slot, last_at=last.block_time, age=max(0, view.now - last.block_time))
