"""A liquidity provider: deposits, and leaves by request, notice and execution."""

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.errors import ProgramError
from offchain.chain.events.generated.insurance_pool import WithdrawalExecuted
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.instructions import insurance_pool
from offchain.chain.units import format_bps
from offchain.demo.desk import Desk
from offchain.demo.scenario import NOTICE, LpPlan
from offchain.demo.wallets import Wallet
from offchain.demo.words import lost, usdc


class Provider:
    """Follows its plan; what the pool refuses it tries again in the next epoch."""

    def __init__(self, desk: Desk, plan: LpPlan, me: Wallet) -> None:
        self._desk = desk
        self._plan = plan
        self._me = me
        self._entry_epoch: int | None = None
        self._requested_at: int | None = None
        self._gone = False

    def act(self) -> None:
        """What is due in this epoch."""
        desk, plan = self._desk, self._plan
        if self._gone:
            return
        if self._entry_epoch is None:
            if desk.played >= plan.deposit_epoch:
                self._deposit()
        elif plan.request_epoch is None:
            return
        elif self._requested_at is None:
            if desk.played >= plan.request_epoch:
                self._request(self._entry_epoch)
        elif desk.epoch >= self._requested_at + NOTICE:
            self._execute(self._entry_epoch)

    def _deposit(self) -> None:
        desk, me = self._desk, self._me
        amount = desk.plan.deposit(self._plan)
        desk.session.send(me, insurance_pool.deposit(me.key, desk.market_id, me.token, amount, 1, desk.epoch))
        self._entry_epoch = desk.epoch
        desk.tell(f"LP {self._plan.name} deposits {usdc(amount)}", "good")
        desk.refresh()

    def _request(self, entry_epoch: int) -> None:
        desk, me = self._desk, self._me
        position = self._position(entry_epoch)
        if position.generation != desk.pool.generation:
            desk.tell(f"LP {self._plan.name} has lost everything: the pool was wiped out", "bad")
            self._gone = True
            return
        desk.session.send(me, insurance_pool.request_withdrawal(me.key, desk.market_id, entry_epoch, position.shares))
        self._requested_at = desk.epoch
        position = self._position(entry_epoch)
        desk.tell(
            f"LP {self._plan.name} asks for {usdc(position.request_value)} back, "
            f"early fee {format_bps(position.request_fee_bps)}"
        )
        desk.refresh()

    def _execute(self, entry_epoch: int) -> None:
        desk, me = self._desk, self._me
        answer = desk.session.attempt(
            me, insurance_pool.execute_withdrawal(me.key, desk.market_id, me.key, entry_epoch, me.token, 0)
        )
        if isinstance(answer, ProgramError):
            if answer.code not in ("E_UTILIZATION", "E_STALE"):
                raise answer
            return
        for event in answer.events:
            if isinstance(event, WithdrawalExecuted):
                desk.records.withdrawals.append((self._plan.name, event))
                fee = f", fee {lost(event.fee)} stays in the pool" if event.fee else ""
                desk.tell(f"LP {self._plan.name} withdraws {usdc(event.net)}{fee}")
        self._gone = self._position(entry_epoch).shares == 0
        desk.refresh()

    def _position(self, entry_epoch: int) -> ProviderPosition:
        return self._desk.read(ProviderPosition, self._address(entry_epoch), LOCALNET.insurance_pool)

    def _address(self, entry_epoch: int) -> Pubkey:
        return self._desk.at.provider_position(self._me.key, entry_epoch)
