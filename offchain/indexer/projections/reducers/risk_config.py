"""The risk engine's configuration and its list of market programs."""

from offchain.chain import seeds
from offchain.chain.events.generated import risk_engine as events
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, RiskConfig
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take

PROGRAM = "risk_engine"


def created(state: State, event: events.ConfigInitialized, _moment: Moment) -> None:
    """The peers are not in the event: they are this deployment's programs."""
    at = state.at
    config = state.create(RiskConfig, PROGRAM, "config", admin=event.actor)
    take(config, event, "guardian mint genesis epoch_seconds dev")
    put(
        config,
        premium_program=at.premium_manager,
        premium_fp=at.fingerprint(PROGRAM, at.premium_manager),
        premium_authority=at.premium_config,
        pool_program=at.insurance_pool,
        pool_fp=at.fingerprint(PROGRAM, at.insurance_pool),
        pool_authority=at.pool_config,
        handler_program=at.insolvency_handler,
        handler_fp=at.fingerprint(PROGRAM, at.insolvency_handler),
        handler_authority=at.handler_config,
        scoring_fp=seeds.derive(at.risk_engine, seeds.SCORING_PEERS, at.premium_manager, at.insurance_pool),
    )


def admin_proposed(state: State, event: events.AdminProposed, _moment: Moment) -> None:
    """Somebody may take over."""
    state.edit(RiskConfig, state.at.risk_config).pending_admin = event.after


def admin_accepted(state: State, event: events.AdminAccepted, _moment: Moment) -> None:
    """And does."""
    state.edit(RiskConfig, state.at.risk_config).admin = event.after


def guardian_set(state: State, event: events.GuardianSet, _moment: Moment) -> None:
    """Another guardian."""
    state.edit(RiskConfig, state.at.risk_config).guardian = event.after


def stopped(state: State, event: events.RegistrationsStopped, _moment: Moment) -> None:
    """The guardian stopped registrations."""
    put(state.edit(RiskConfig, state.at.risk_config), paused_until=event.after, pause_allowed_at=event.allowed_again_at)


def engine_listed(state: State, event: events.EngineListed, _moment: Moment) -> None:
    """A market program is allowed, removed or restored."""
    address = state.at.engine(event.program)
    if state.has(address):
        state.edit(AllowedEngine, address).active = event.after
        return
    fingerprint = state.at.fingerprint(PROGRAM, event.program)
    fields = {"program": event.program, "fingerprint": fingerprint, "active": event.after}
    state.create(AllowedEngine, PROGRAM, "engine", event.program, **fields)


REDUCERS = {
    events.ConfigInitialized: created,
    events.AdminProposed: admin_proposed,
    events.AdminAccepted: admin_accepted,
    events.GuardianSet: guardian_set,
    events.RegistrationsStopped: stopped,
    events.EngineListed: engine_listed,
}
