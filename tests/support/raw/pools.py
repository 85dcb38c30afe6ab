"""Pools and providers' positions as the twin of the protocol knows them, from their accounts."""

from dataclasses import dataclass

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from tests.model.numbers import bps, up
from tests.model.parameters import FORCE_AFTER
from tests.model.pool.requests import early_fee_bps
from tests.model.pool.shares import assets_for
from tests.model.pool.state import Pool, Position
from tests.model.pool.utilization import is_fresh, withdrawable
from tests.model.pool.vesting import vest
from tests.support.raw.node import Calendar, accounts


@dataclass(frozen=True)
class Holding:
    """A provider's position in a pool that has vested up to `epoch`; amounts in atoms."""

    address: str
    market_id: str
    epoch: int
    pool: Pool
    position: Position

    @property
    def is_wiped(self) -> bool:
        """A payout took everything since."""
        return self.position.generation != self.pool.generation

    @property
    def is_closed(self) -> bool:
        """Nothing is left of it."""
        return self.is_wiped or self.position.shares == 0

    @property
    def worth(self) -> int:
        """What its shares redeem for; those asked back at most what the request fixed."""
        asked = self.position.requested_shares
        if self.is_wiped:
            return 0
        kept = assets_for(self.pool, self.position.shares - asked)
        return kept + min(self.position.request_value, assets_for(self.pool, asked))

    @property
    def payable_epoch(self) -> int:
        """When the notice of its request is over."""
        return self.position.request_epoch + self.position.notice_epochs

    @property
    def pays_now(self) -> int:
        """What an execution would take of the request now, before the fee."""
        forced = self.epoch >= self.payable_epoch + FORCE_AFTER
        below_cap = withdrawable(self.pool) if is_fresh(self.pool, self.epoch) else 0
        owed = min(self.position.request_value, assets_for(self.pool, self.position.requested_shares))
        return min(owed, self.pool.available if forced else below_cap)

    def leaving(self, at: int) -> tuple[int, int, int]:
        """Basis points, fee and payment for all of it, requested in an epoch, at today's price."""
        rate = early_fee_bps(self.position.unlock_epoch - at, self.position.lock_epochs)
        worth = assets_for(self.pool, self.position.shares)
        fee = up(bps(worth, rate))
        return rate, fee, worth - fee


def holdings(rpc: str, provider: str) -> list[Holding]:
    """Every position of a provider."""
    epoch = Calendar(rpc).epoch()
    found = accounts(rpc, LOCALNET.insurance_pool, ProviderPosition, (0, provider))
    return [
        Holding(address, str(held.market_id), epoch, vest(pool_at(rpc, held.market_id), epoch), position_of(held))
        for address, held in found.items()
    ]


def pool_at(rpc: str, market_id: object) -> Pool:
    """A market's pool as its account says, nothing vested since."""
    pools = accounts(rpc, LOCALNET.insurance_pool, InsurancePool, (0, str(market_id)))
    (told,) = pools.values()
    return pool_of(told)


def pool_of(told: InsurancePool) -> Pool:
    """What the twin needs of the account."""
    return Pool(
        available=told.available_balance,
        unvested=told.unvested,
        vest_end=told.vest_end,
        vest_epoch=told.vest_epoch,
        first_loss=told.first_loss,
        residual=told.residual,
        treasury_fees=told.treasury_fees,
        claim_fees=told.claim_fees,
        total_shares=told.total_shares,
        total_deposits=told.total_deposits,
        pending_shares=told.pending_shares,
        pending_value=told.pending_value,
        generation=told.generation,
        high_water_mark=told.high_water_mark,
        unsettled=told.unsettled,
        required_reserve=told.required_reserve,
        open_interest_now=told.open_interest_now,
        score_epoch=told.score_epoch,
        exit=told.exit,
        lock_epochs=told.lock_epochs,
        notice_epochs=told.notice_epochs,
        performance_fee_bps=told.performance_fee_bps,
    )


def position_of(told: ProviderPosition) -> Position:
    """The same of a provider's position."""
    return Position(
        deposited=told.deposited_amount,
        shares=told.shares,
        entry_epoch=told.entry_epoch,
        unlock_epoch=told.unlock_epoch,
        lock_epochs=told.lock_epochs,
        notice_epochs=told.notice_epochs,
        generation=told.generation,
        requested_shares=told.requested_shares,
        request_value=told.request_value,
        request_fee_bps=told.request_fee_bps,
        request_epoch=told.request_epoch,
    )
