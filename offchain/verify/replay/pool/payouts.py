"""A claim on the pool, from its ledger as it stands."""

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS, down, up
from offchain.verify.replay.pool.state import MARK_ONE, Payout, Pool


def pay(pool: Pool, sequence: int, claimable: int, parameters: Parameters) -> Payout:
    """Split a claim over the tiers, take it out of the ledgers and reserve it."""
    residual = min(claimable, pool.residual)
    stake = min(claimable - residual, pool.first_loss)
    premium = min(claimable - residual - stake, pool.unvested)
    capital = min(claimable - residual - stake - premium, pool.available)
    payout = residual + stake + premium + capital
    fee = up(payout, parameters.claim_fee_bps, BPS)
    executor_fee = down(fee, parameters.executor_share_bps, BPS)
    owed = max(0, pool.arrears - (pool.total_offset - pool.acknowledged))
    offset = min(owed, payout - fee)
    pool.residual -= residual
    pool.first_loss -= stake
    pool.unvested -= premium
    _lose_capital(pool, capital)
    pool.claim_fees += executor_fee
    pool.treasury_fees += fee - executor_fee
    _keep_offset(pool, offset, parameters)
    pool.unsettled = 0
    pool.reserved = Payout(sequence, claimable, payout, residual + stake, premium, capital, offset, fee, executor_fee)
    if pool.available * parameters.wipe_ratio < pool.total_shares:
        _end_generation(pool)
    return pool.reserved


def _lose_capital(pool: Pool, capital: int) -> None:
    before = pool.available
    pool.available -= capital
    pool.total_deposits = down(pool.total_deposits, pool.available, before) if before else 0


def _keep_offset(pool: Pool, offset: int, parameters: Parameters) -> None:
    if offset:
        pool.total_offset += offset
        pool.unvested += offset
        pool.vest_end = max(pool.vest_end, pool.vest_epoch + parameters.vest_epochs)


def _end_generation(pool: Pool) -> None:
    pool.generation += 1
    pool.residual += pool.available + pool.unvested
    pool.available = pool.unvested = 0
    pool.total_shares = pool.total_deposits = pool.pending_shares = pool.pending_value = 0
    pool.mark = MARK_ONE
    pool.exit = False
