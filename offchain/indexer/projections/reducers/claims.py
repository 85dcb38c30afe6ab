"""The insolvency handler: counters of reported deficits and the receipts of claims."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated import insolvency_handler as events
from offchain.chain.events.generated.demo_market import DeficitSubmitted
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, ClaimRegistry, HandlerConfig
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take

PROGRAM = "insolvency_handler"
RESERVED, COMPLETE = 1, 2
"""States of a claim record."""


def config_created(state: State, event: events.HandlerConfigCreated, _moment: Moment) -> None:
    """The pool program and its fingerprint are not in the event: they are this deployment's."""
    at = state.at
    config = state.create(HandlerConfig, PROGRAM, "config", admin=event.actor)
    take(config, event, "guardian risk_authority pool_authority dev")
    put(config, pool_program=at.insurance_pool, pool_fp=at.fingerprint(PROGRAM, at.insurance_pool))


def admin_proposed(state: State, event: events.HandlerAdminProposed, _moment: Moment) -> None:
    """Somebody may take over."""
    state.edit(HandlerConfig, state.at.handler_config).pending_admin = event.pending_after


def admin_accepted(state: State, event: events.HandlerAdminAccepted, _moment: Moment) -> None:
    """And does."""
    state.edit(HandlerConfig, state.at.handler_config).admin = event.admin_after


def guardian_set(state: State, event: events.HandlerGuardianSet, _moment: Moment) -> None:
    """Another guardian."""
    state.edit(HandlerConfig, state.at.handler_config).guardian = event.guardian_after


def registry_opened(state: State, event: events.RegistryOpened, _moment: Moment) -> None:
    """A blank registry; the first claim will be number 1."""
    fields = {"market_id": event.market_id, "next_sequence": 1}
    state.create(ClaimRegistry, PROGRAM, "registry", event.market_id, **fields)


def terms_set(state: State, event: events.HandlerTermsSet, _moment: Moment) -> None:
    """Its market's terms."""
    registry = _registry(state, event.market_id)
    take(registry, event, "engine_fp pool threshold genesis epoch_seconds")
    registry.active = True


def claim_opened(state: State, event: events.ClaimOpened, _moment: Moment) -> None:
    """A blank record of the next claim."""
    claim = state.create(ClaimRecord, PROGRAM, "claim", event.market_id, event.sequence)
    take(claim, event, "market_id sequence opened_at")


def no_claim(state: State, event: events.NoClaim, _moment: Moment) -> None:
    """A deficit up to the threshold; see `deficit_submitted` for the totals."""
    registry = _registry(state, event.market_id)
    put(registry, counter=event.counter_after, no_claims=registry.no_claims + 1)


def deficit_submitted(state: State, event: DeficitSubmitted, _moment: Moment) -> None:
    """The market tells the totals that NoClaim does not; while a payout is reserved a report changes nothing."""
    registry = _registry(state, event.market_id)
    if not registry.pending:
        put(registry, margin_total=event.margin_counter, fund_total=event.fund_counter)


def deficit_reported(state: State, event: events.DeficitReported, _moment: Moment) -> None:
    """A claim: everything that was reported is settled with it."""
    registry = _registry(state, event.market_id)
    margin, fund = registry.settled_margin + event.margin_tier, registry.settled_fund + event.fund_tier
    put(registry, counter=event.counter, settled=event.settled_after, pending=True)
    put(registry, margin_total=margin, settled_margin=margin, fund_total=fund, settled_fund=fund)
    claim = _claim(state, event.market_id, event.sequence)
    take(claim, event, "threshold margin_tier fund_tier")
    put(claim, deficit_amount=event.deficit, profit_tier=event.unvested_profit, executor=event.actor, state=RESERVED)


def claim_completed(state: State, event: events.ClaimEvent, _moment: Moment) -> None:
    """The receipt."""
    claim = _claim(state, event.market_id, event.sequence)
    names = "deficit_amount payout_amount timestamp fully_covered epoch fee uncovered threshold margin_tier fund_tier"
    take(claim, event, f"{names} first_loss_tier premium_tier capital_tier profit_tier arrears_offset executor_fee")
    put(claim, executor=event.actor, net_paid=event.net_paid, state=COMPLETE)
    registry = _registry(state, event.market_id)
    put(registry, next_sequence=event.sequence + 1, claims=registry.claims + 1, pending=False)


def fee_collected(state: State, event: events.ClaimFeeCollected, _moment: Moment) -> None:
    """The executor has the fee."""
    _claim(state, event.market_id, event.sequence).fee_collected = True


def _registry(state: State, market_id: Pubkey) -> ClaimRegistry:
    return state.edit(ClaimRegistry, state.at.market(market_id).registry)


def _claim(state: State, market_id: Pubkey, sequence: int) -> ClaimRecord:
    return state.edit(ClaimRecord, state.at.market(market_id).claim(sequence))


REDUCERS = {
    events.HandlerConfigCreated: config_created,
    events.HandlerAdminProposed: admin_proposed,
    events.HandlerAdminAccepted: admin_accepted,
    events.HandlerGuardianSet: guardian_set,
    events.RegistryOpened: registry_opened,
    events.HandlerTermsSet: terms_set,
    events.ClaimOpened: claim_opened,
    events.NoClaim: no_claim,
    DeficitSubmitted: deficit_submitted,
    events.DeficitReported: deficit_reported,
    events.ClaimEvent: claim_completed,
    events.ClaimFeeCollected: fee_collected,
}
