"""The pool program's configuration, new pools and their terms."""

from offchain.chain.events.generated import insurance_pool as events
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, PoolConfig
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take

PROGRAM = "insurance_pool"
MARK_ONE = 1_000_000_000
"""High-water mark of a new pool: one atom a share."""


def created(state: State, event: events.PoolConfigCreated, _moment: Moment) -> None:
    """Programs and fingerprints of the peers are not in the event: they are this deployment's."""
    at = state.at
    config = state.create(PoolConfig, PROGRAM, "config", admin=event.actor)
    take(config, event, "guardian mint treasury risk_authority premium_authority handler_authority dev")
    put(
        config,
        risk_program=at.risk_engine,
        risk_fp=at.fingerprint(PROGRAM, at.risk_engine),
        premium_program=at.premium_manager,
        premium_fp=at.fingerprint(PROGRAM, at.premium_manager),
        handler_fp=at.fingerprint(PROGRAM, at.insolvency_handler),
    )


def admin_proposed(state: State, event: events.PoolAdminProposed, _moment: Moment) -> None:
    """Somebody may take over."""
    state.edit(PoolConfig, state.at.pool_config).pending_admin = event.pending_after


def admin_accepted(state: State, event: events.PoolAdminAccepted, _moment: Moment) -> None:
    """And does."""
    state.edit(PoolConfig, state.at.pool_config).admin = event.admin_after


def guardian_set(state: State, event: events.PoolGuardianSet, _moment: Moment) -> None:
    """Another guardian."""
    state.edit(PoolConfig, state.at.pool_config).guardian = event.guardian_after


def stopped(state: State, event: events.DepositsStopped, _moment: Moment) -> None:
    """The guardian stopped deposits."""
    config = state.edit(PoolConfig, state.at.pool_config)
    put(config, paused_until=event.paused_until_after, pause_allowed_at=event.pause_allowed_at)


def opened(state: State, event: events.PoolOpened, _moment: Moment) -> None:
    """A blank pool."""
    state.create(InsurancePool, PROGRAM, "pool", event.market_id, market_id=event.market_id)


def vault_opened(state: State, event: events.PoolVaultOpened, _moment: Moment) -> None:
    """Its vault."""
    state.edit(InsurancePool, state.at.market(event.market_id).pool).vault = event.vault


def terms_set(state: State, event: events.PoolTermsSet, _moment: Moment) -> None:
    """The first terms bind the pool to its market, later ones change lock and notice."""
    addresses = state.at.market(event.market_id)
    pool = state.edit(InsurancePool, addresses.pool)
    take(pool, event, "market_vault creator engine_fp genesis epoch_seconds performance_fee_bps")
    put(pool, lock_epochs=event.lock_after, notice_epochs=event.notice_after)
    if not pool.active:
        put(pool, active=True, inputs=addresses.inputs, premium=addresses.premium, high_water_mark=MARK_ONE)


REDUCERS = {
    events.PoolConfigCreated: created,
    events.PoolAdminProposed: admin_proposed,
    events.PoolAdminAccepted: admin_accepted,
    events.PoolGuardianSet: guardian_set,
    events.DepositsStopped: stopped,
    events.PoolOpened: opened,
    events.PoolVaultOpened: vault_opened,
    events.PoolTermsSet: terms_set,
}
