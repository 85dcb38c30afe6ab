"""Accounts of the chain as the twin (`tests/model`) knows them: its arithmetic shares no code with the app."""

from solders.pubkey import Pubkey

from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, MarketInputs, RiskScore
from tests.model import parameters as P
from tests.model.pool.state import Pool
from tests.model.pool.vesting import vest
from tests.model.score.update import is_fresh, reason_bits
from tests.support.figures.ledger import Ledger
from tests.support.raw.pools import pool_of


def pool_now(ledger: Ledger, market: Pubkey) -> Pool:
    """A market's pool with what has vested by now, as its next transaction would find it."""
    return vest(pool_of(ledger.one(InsurancePool, market_id=market)), ledger.epoch)


def reasons(ledger: Ledger, market: Pubkey) -> int:
    """Bits of why a market is restricted now; 0 when it is not."""
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
