"""The creator's first-loss stake."""

from dataclasses import replace

from tests.model.pool.state import Pool
from tests.model.pool.utilization import is_fresh
from tests.model.refusals import require


def fund(pool: Pool, amount: int) -> Pool:
    """Adds to the stake."""
    require(amount > 0, "E_AMOUNT")
    return replace(pool, first_loss=pool.first_loss + amount)


def request(pool: Pool, amount: int, epoch: int) -> Pool:
    """Announces that some of the stake will leave."""
    require(pool.stake_request == 0, "E_REQUEST")
    require(0 < amount <= pool.first_loss, "E_AMOUNT")
    return replace(pool, stake_request=amount, stake_request_epoch=epoch)


def cancel(pool: Pool) -> Pool:
    """Takes the announcement back."""
    require(pool.stake_request > 0, "E_REQUEST")
    return replace(pool, stake_request=0, stake_request_epoch=0)


def execute(pool: Pool, epoch: int) -> tuple[Pool, int]:
    """Pays what was announced, after the notice and only while nothing is insured."""
    require(pool.stake_request > 0, "E_REQUEST")
    require(epoch >= pool.stake_request_epoch + pool.notice_epochs, "E_NOTICE")
    require(is_fresh(pool, epoch), "E_STALE")
    require(pool.open_interest_now == 0 and pool.required_reserve == 0, "E_OPEN_INTEREST")
    paid = min(pool.stake_request, pool.first_loss)
    return replace(cancel(pool), first_loss=pool.first_loss - paid), paid
