"""Deposits: at risk at once, priced after vesting."""

from dataclasses import replace

from tests.model import parameters as P
from tests.model.pool.shares import shares_for
from tests.model.pool.state import Pool, Position
from tests.model.pool.vesting import vest
from tests.model.refusals import require


def _mint(pool: Pool, amount: int, min_shares: int, epoch: int) -> tuple[Pool, int]:
    require(amount >= P.MIN_DEPOSIT, "E_MIN_DEPOSIT")
    vested = vest(pool, epoch)
    shares = shares_for(vested, amount)
    require(shares > 0 and shares >= min_shares, "E_SLIPPAGE")
    after = replace(
        vested,
        available=vested.available + amount,
        total_shares=vested.total_shares + shares,
        total_deposits=vested.total_deposits + amount,
    )
    return after, shares


def deposit(pool: Pool, amount: int, epoch: int, min_shares: int = 0) -> tuple[Pool, Position]:
    """A new position in an epoch."""
    after, shares = _mint(pool, amount, min_shares, epoch)
    position = Position(
        deposited=amount,
        shares=shares,
        entry_epoch=epoch,
        unlock_epoch=epoch + pool.lock_epochs,
        lock_epochs=pool.lock_epochs,
        notice_epochs=pool.notice_epochs,
        generation=pool.generation,
    )
    return after, position


def top_up(pool: Pool, position: Position, amount: int, epoch: int, min_shares: int = 0) -> tuple[Pool, Position]:
    """A second deposit in the position's own epoch."""
    require(position.entry_epoch == epoch, "E_EPOCH")
    require(position.generation == pool.generation, "E_GENERATION")
    after, shares = _mint(pool, amount, min_shares, epoch)
    return after, replace(position, deposited=position.deposited + amount, shares=position.shares + shares)
