"""The premium manager: rates, escrow, and the balance against the floor with the time since when it is below zero."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated import premium_manager as events
from offchain.chain.generated.premium_manager.accounts import PremiumAccount, PremiumConfig
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.state import State, put, take

PROGRAM = "premium_manager"


def config_created(state: State, event: events.ConfigInitialized, _moment: Moment) -> None:
    """The peers are not in the event: they are this deployment's programs."""
    at = state.at
    config = state.create(PremiumConfig, PROGRAM, "config", admin=event.actor)
    take(config, event, "guardian mint dev")
    put(config, risk_program=at.risk_engine, risk_authority=at.risk_config, pool_program=at.insurance_pool)
    put(config, risk_fp=at.fingerprint(PROGRAM, at.risk_engine), pool_fp=at.fingerprint(PROGRAM, at.insurance_pool))
    config.pool_authority = at.pool_config


def admin_proposed(state: State, event: events.AdminProposed, _moment: Moment) -> None:
    """Somebody may take over."""
    state.edit(PremiumConfig, state.at.premium_config).pending_admin = event.after


def admin_accepted(state: State, event: events.AdminAccepted, _moment: Moment) -> None:
    """And does."""
    state.edit(PremiumConfig, state.at.premium_config).admin = event.after


def guardian_set(state: State, event: events.GuardianSet, _moment: Moment) -> None:
    """Another guardian."""
    state.edit(PremiumConfig, state.at.premium_config).guardian = event.after


def opened(state: State, event: events.PremiumOpened, _moment: Moment) -> None:
    """A blank account."""
    state.create(PremiumAccount, PROGRAM, "premium", event.market_id, market_id=event.market_id)


def escrow_opened(state: State, event: events.EscrowOpened, _moment: Moment) -> None:
    """Its escrow."""
    _edit(state, event.market_id).escrow = event.escrow


def terms_set(state: State, event: events.TermsSet, _moment: Moment) -> None:
    """Its calendar."""
    premium = _edit(state, event.market_id)
    take(premium, event, "genesis epoch_seconds")
    premium.active = True


def rate_set(state: State, event: events.RateSet, _moment: Moment) -> None:
    """A score: the floor so far, then the new rate."""
    premium = _edit(state, event.market_id)
    _accrue(premium, event.epoch, event.balance_after)
    take(premium, event, "score grade utilization_bps open_interest reserve_bps")
    put(premium, rate_bps=event.rate_after, has_rate=True, floor_epoch=event.epoch, score_epoch=event.epoch)


def fees_collected(state: State, event: events.FeesCollected, _moment: Moment) -> None:
    """The premium's share of the market's fees."""
    premium = _edit(state, event.market_id)
    put(premium, escrow_ledger=event.escrow_after, total_collected=premium.total_collected + event.share)
    _credit(premium, event.balance_after)


def routed(state: State, event: events.PremiumsRouted, _moment: Moment) -> None:
    """The escrow goes to keeper and pool."""
    premium = _edit(state, event.market_id)
    _accrue(premium, event.epoch, event.balance_after)
    put(premium, escrow_ledger=event.escrow_after, route_epoch=event.epoch, has_routed=True)
    put(premium, total_bounty=premium.total_bounty + event.bounty, total_routed=premium.total_routed + event.routed)


def arrears_reported(state: State, event: events.ArrearsReported, _moment: Moment) -> None:
    """The floor up to now."""
    _accrue(_edit(state, event.market_id), event.epoch, event.balance_after)


def arrears_paid(state: State, event: events.ArrearsPaid, _moment: Moment) -> None:
    """The floor up to now, then somebody pays a part of what the market owes."""
    premium = _edit(state, event.market_id)
    _accrue(premium, event.epoch, event.balance_after - event.amount)
    premium.escrow_ledger = event.escrow_after
    _credit(premium, event.balance_after)


def offset_applied(state: State, event: events.OffsetApplied, _moment: Moment) -> None:
    """What the pool kept from payouts counts as paid."""
    premium = _edit(state, event.market_id)
    premium.acknowledged_offset = event.after
    _credit(premium, event.balance_after)


def _edit(state: State, market_id: Pubkey) -> PremiumAccount:
    return state.edit(PremiumAccount, state.at.market(market_id).premium)


def _accrue(premium: PremiumAccount, epoch: int, balance: int) -> None:
    if premium.has_rate:
        premium.floor_epoch = epoch
        _settle(premium, balance, epoch)


def _credit(premium: PremiumAccount, balance: int) -> None:
    _settle(premium, balance, premium.negative_since)


def _settle(premium: PremiumAccount, balance: int, epoch: int) -> None:
    premium.balance = balance
    if balance >= 0:
        premium.negative, premium.negative_since = False, 0
    elif not premium.negative:
        premium.negative, premium.negative_since = True, epoch


REDUCERS = {
    events.ConfigInitialized: config_created,
    events.AdminProposed: admin_proposed,
    events.AdminAccepted: admin_accepted,
    events.GuardianSet: guardian_set,
    events.PremiumOpened: opened,
    events.EscrowOpened: escrow_opened,
    events.TermsSet: terms_set,
    events.RateSet: rate_set,
    events.FeesCollected: fees_collected,
    events.PremiumsRouted: routed,
    events.ArrearsReported: arrears_reported,
    events.ArrearsPaid: arrears_paid,
    events.OffsetApplied: offset_applied,
}
