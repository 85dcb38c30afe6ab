"""Accounts of the chain as the twin (`tests/model`) knows them: its arithmetic shares no code with the app."""

from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, MarketInputs, RiskScore
from tests.model import parameters as P
from tests.model.pool.state import Pool
from tests.model.pool.vesting import vest
from tests.model.score.update import is_fresh, reason_bits
from tests.support.figures.ledger import Ledger


def stored(pool: InsurancePool) -> Pool:
    """A pool as its account stands."""
    return Pool(
        available=pool.available_balance,
        unvested=pool.unvested,
        vest_end=pool.vest_end,
        vest_epoch=pool.vest_epoch,
        first_loss=pool.first_loss,
        residual=pool.residual,
        treasury_fees=pool.treasury_fees,
        claim_fees=pool.claim_fees,
        total_shares=pool.total_shares,
        total_deposits=pool.total_deposits,
        pending_shares=pool.pending_shares,
        pending_value=pool.pending_value,
        generation=pool.generation,
        high_water_mark=pool.high_water_mark,
        unsettled=pool.unsettled,
        required_reserve=pool.required_reserve,
        open_interest_now=pool.open_interest_now,
        score_epoch=pool.score_epoch,
        arrears=pool.arrears,
        acknowledged_offset=pool.acknowledged_offset,
        total_offset=pool.total_offset,
        exit=pool.exit,
        lock_epochs=pool.lock_epochs,
        notice_epochs=pool.notice_epochs,
        performance_fee_bps=pool.performance_fee_bps,
    )


def now(ledger: Ledger, pool: InsurancePool) -> Pool:
    """The same with what has vested by now, as the pool's next transaction would find it."""
    return vest(stored(pool), ledger.epoch)


def reasons(ledger: Ledger, market: object) -> int:
    """Bits of why a market is restricted now; 0 when it is not. `market` is its id."""
    score = ledger.one(RiskScore, market_id=market)
    inputs = ledger.one(MarketInputs, market_id=market)
    engine = ledger.one(AllowedEngine)
    return reason_bits(
        bool(score.reasons & P.REASON_SCORE),
        not score.has_score or not is_fresh(score.epoch, ledger.epoch),
        inputs.arrears,
        inputs.exit,
        not engine.active,
    )
