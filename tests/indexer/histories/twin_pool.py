"""A pool's histories by the twin: each event is played on the protocol's description, without any projection."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.model import parameters as P
from tests.model.numbers import down
from tests.model.pool import deposits, payouts, requests, stake, withdrawals
from tests.model.pool.shares import assets_for
from tests.model.pool.state import SHARE_ONE, Pool, Position, ledger
from tests.model.pool.utilization import utilization_bps, withdrawable
from tests.model.pool.vesting import credit_premium, vest

Row = dict[str, Any]
VESTING = {"Deposited", "ToppedUp", "WithdrawalRequested", "WithdrawalCancelled", "WithdrawalExecuted"}
VESTING |= {"ReserveReported", "PremiumCredited"}
SILENT = {"PoolOpened", "PoolVaultOpened", "StakeRequested", "StakeCancelled", "ExitFlagged"}
SILENT |= {"OffsetReported", "ResolutionForced"}
"""Events of a pool without a row."""


def snake(name: str) -> str:
    """`PoolOpened` -> `pool_opened`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


class TwinPool:
    """One market's pool."""

    def __init__(self, genesis: int, epoch_seconds: int) -> None:
        self.genesis, self.epoch_seconds = genesis, epoch_seconds
        self.pool = Pool()
        self.positions: dict[Any, Position] = {}
        self.owners: dict[Any, Any] = {}
        self.executor_fees: dict[int, int] = {}
        """By the claim's sequence."""
        self.withdrawal: Row | None = None
        """The row of the last event, where it was about a withdrawal."""

    def take(self, name: str, event: Any, epoch: int) -> Row | None:
        """The share price after an event; None where there is no row."""
        before, self.withdrawal = self.pool, None
        vested = vest(before, epoch) if name in VESTING and not self._retired(event) else before
        paid = getattr(self, f"_{snake(name)}")(event, epoch)
        return (
            None if name in SILENT else {"event": name, **self._moves(name, before, vested, paid), **self._state(epoch)}
        )

    def _retired(self, event: Any) -> bool:
        position = self.positions.get(getattr(event, "position", None))
        return position is not None and position.generation != self.pool.generation

    def _moves(self, name: str, before: Pool, vested: Pool, paid: int) -> Row:
        after = self.pool
        fee = vested.treasury_fees - before.treasury_fees
        claimed = after.reserved.capital if name == "PayoutRequested" and after.reserved else 0
        leaves = name in ("WithdrawalCancelled", "WithdrawalExecuted")
        revested = after.unvested - vested.unvested if leaves else 0
        deposited = after.available - vested.available if name in ("Deposited", "ToppedUp") else 0
        return {
            "deposited": deposited,
            "withdrawn": paid,
            "revested": revested,
            "vested": vested.available - before.available + fee,
            "performance_fee": fee,
            "claimed": claimed,
            "swept": vested.available + deposited - paid - revested - claimed - after.available,
        }

    def _state(self, epoch: int) -> Row:
        pool, now = self.pool, vest(self.pool, epoch)
        priced = max(0, now.available - max(0, now.unsettled - now.residual))
        capital = pool.available + pool.unvested + pool.first_loss + pool.residual
        return {
            "available_balance": pool.available,
            "nav": now.available,
            "priced_nav": priced,
            "total_shares": pool.total_shares,
            "price_assets": priced + P.VIRTUAL,
            "price_shares": pool.total_shares + P.VIRTUAL,
            "share_price": self.share_price(epoch),
            "high_water_mark": pool.high_water_mark,
            "tvl": capital,
            "ledger": ledger(pool),
            "unvested": pool.unvested,
            "first_loss": pool.first_loss,
            "residual": pool.residual,
            "reserved": pool.reserved.net if pool.reserved else 0,
            "treasury_fees": pool.treasury_fees,
            "claim_fees": pool.claim_fees,
            "unsettled": pool.unsettled,
            "pending_shares": pool.pending_shares,
            "pending_value": pool.pending_value,
            "total_deposits": pool.total_deposits,
            "generation": pool.generation,
            "open_interest": pool.open_interest_now,
            "required_reserve": pool.required_reserve,
            "utilisation_bps": utilization_bps(now),
            "withdrawable": withdrawable(now),
        }

    def share_price(self, epoch: int) -> int:
        """1e9 = one atom a share."""
        now = vest(self.pool, epoch)
        priced = max(0, now.available - max(0, now.unsettled - now.residual))
        return down(Fraction((priced + P.VIRTUAL) * SHARE_ONE, now.total_shares + P.VIRTUAL))

    def _pool_opened(self, _event: Any, _epoch: int) -> int:
        return 0

    _pool_vault_opened = _offset_reported = _resolution_forced = _pool_opened

    def _pool_terms_set(self, event: Any, _epoch: int) -> int:
        lock, notice, fee = event.lock_after, event.notice_after, event.performance_fee_bps
        self.pool = replace(self.pool, lock_epochs=lock, notice_epochs=notice, performance_fee_bps=fee)
        return 0

    def _deposited(self, event: Any, epoch: int) -> int:
        self.pool, self.positions[event.position] = deposits.deposit(self.pool, event.amount, epoch)
        self.owners[event.position] = event.actor
        return 0

    def _topped_up(self, event: Any, epoch: int) -> int:
        position = self.positions[event.position]
        self.pool, self.positions[event.position] = deposits.top_up(self.pool, position, event.amount, epoch)
        return 0

    def _withdrawal_requested(self, event: Any, epoch: int) -> int:
        position, shares = self.positions[event.position], event.position_after.requested_shares
        self.pool, position = requests.request(self.pool, position, shares, epoch)
        self.positions[event.position] = position
        self._leaving(event, epoch, "request", position, shares=shares, value=position.request_value)
        return 0

    def _withdrawal_cancelled(self, event: Any, epoch: int) -> int:
        position, retired = self.positions[event.position], self._retired(event)
        shares = position.requested_shares
        value = 0 if retired else assets_for(vest(self.pool, epoch), shares)
        forgone = 0 if retired else max(0, value - position.request_value)
        self.pool, self.positions[event.position] = requests.cancel(self.pool, position, epoch)
        parts = {"shares": shares, "value": value, "forgone": forgone, "wiped": retired}
        self._leaving(event, epoch, "cancel", position, **parts)
        return 0

    def _withdrawal_executed(self, event: Any, epoch: int) -> int:
        position, retired = self.positions[event.position], self._retired(event)
        own = self.owners[event.position] == event.actor
        self.pool, self.positions[event.position], paid = withdrawals.execute(self.pool, position, epoch, 0, own)
        parts = {"gross": paid.gross, "fee": paid.fee, "net": paid.net, "forgone": paid.given_up, "wiped": retired}
        parts |= {"shares": position.requested_shares if retired else paid.burnt, "value": paid.gross + paid.given_up}
        self._leaving(event, epoch, "execute", position, **parts)
        return paid.net

    def _leaving(self, event: Any, epoch: int, kind: str, request: Position, **parts: Any) -> None:
        after, due = self.positions[event.position], request.request_epoch + request.notice_epochs
        epochs = {"requested": request.request_epoch, "executable": due}
        epochs |= {"flag": due + P.EXIT_AFTER, "forced": due + P.FORCE_AFTER}
        self.withdrawal = {
            "kind": kind,
            "provider": str(self.owners[event.position]),
            "actor": str(event.actor),
            "provider_position": str(event.position),
            "entry_epoch": request.entry_epoch,
            "fee_bps": request.request_fee_bps,
            "forced": kind == "execute" and epoch >= epochs["forced"],
            **{f"{name}_epoch": value for name, value in epochs.items()},
            **{f"{name}_at": self.genesis + value * self.epoch_seconds for name, value in epochs.items()},
            "open_shares": after.requested_shares,
            "open_value": after.request_value,
            "position_shares": after.shares,
            "position_deposited": after.deposited,
            "share_price": self.share_price(epoch),
            "gross": 0,
            "fee": 0,
            "net": 0,
            "forgone": 0,
            "wiped": False,
            **parts,
        }

    def _exit_flagged(self, event: Any, epoch: int) -> int:
        self.pool = requests.flag_exit(self.pool, self.positions[event.position], epoch)
        return 0

    def _reserve_reported(self, _event: Any, epoch: int) -> int:
        self.pool = requests.report_reserve(self.pool, epoch)
        return 0

    def _premium_credited(self, event: Any, epoch: int) -> int:
        said = (event.arrears, event.acknowledged_offset)
        self.pool = credit_premium(self.pool, event.amount, epoch, *said)
        return 0

    def _risk_set(self, event: Any, epoch: int) -> int:
        required, interest = event.required_after, event.open_interest_after
        self.pool = replace(self.pool, required_reserve=required, open_interest_now=interest, score_epoch=epoch)
        return 0

    def _unsettled_noted(self, event: Any, _epoch: int) -> int:
        self.pool = replace(self.pool, unsettled=event.unsettled_after)
        return 0

    def _payout_requested(self, event: Any, _epoch: int) -> int:
        self.pool = payouts.request_payout(self.pool, event.sequence, event.claimable)
        assert self.pool.reserved is not None
        self.executor_fees[event.sequence] = self.pool.reserved.executor_fee
        return 0

    def _funds_released(self, _event: Any, _epoch: int) -> int:
        self.pool, _ = payouts.release(self.pool)
        return 0

    def _claim_fee_paid(self, event: Any, _epoch: int) -> int:
        self.pool = replace(self.pool, claim_fees=self.pool.claim_fees - event.amount)
        return 0

    def _treasury_collected(self, _event: Any, _epoch: int) -> int:
        self.pool = replace(self.pool, treasury_fees=0)
        return 0

    def _stake_funded(self, event: Any, _epoch: int) -> int:
        self.pool = stake.fund(self.pool, event.amount)
        return 0

    def _stake_requested(self, event: Any, epoch: int) -> int:
        self.pool = stake.request(self.pool, event.amount, epoch)
        return 0

    def _stake_cancelled(self, _event: Any, _epoch: int) -> int:
        self.pool = stake.cancel(self.pool)
        return 0

    def _stake_paid(self, _event: Any, epoch: int) -> int:
        self.pool, _ = stake.execute(self.pool, epoch)
        return 0
