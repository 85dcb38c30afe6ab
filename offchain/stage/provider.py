"""A liquidity provider of the stage: deposits, leaves by request, notice and execution, and comes back."""

from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.instructions import insurance_pool
from offchain.demo.wallets import Wallet
from offchain.stage.floor import Action, Floor
from offchain.stage.plans import ProviderPlan

RETRY_EPOCHS = 4
"""How often a withdrawal that the pool could not serve is tried again."""


class Provider:
    """What it does next follows from its positions in the pool alone."""

    def __init__(self, floor: Floor, plan: ProviderPlan, me: Wallet) -> None:
        self._floor = floor
        self._plan = plan
        self._me = me

    def due(self) -> list[Action]:
        """What is to be done now."""
        floor, plan = self._floor, self._plan
        mine = [each for each in floor.view.providers.values() if each.provider == self._me.key]
        held = [each for each in mine if each.shares and each.generation == floor.view.pool.generation]
        if not held:
            last = max((each.entry_epoch for each in mine), default=None)
            due = floor.begin + plan.first if last is None else last + plan.cycle
            return [self._deposit] if floor.epoch >= due else []
        oldest = min(held, key=lambda each: each.entry_epoch)
        if oldest.requested_shares:
            is_over = floor.epoch >= oldest.request_epoch + oldest.notice_epochs
            return [lambda: self._execute(oldest)] if is_over and floor.epoch % RETRY_EPOCHS == 0 else []
        if plan.stay is not None and floor.epoch >= oldest.entry_epoch + plan.stay:
            return [lambda: self._request(oldest)]
        return []

    def _deposit(self) -> None:
        floor, me, amount = self._floor, self._me, self._plan.amount
        if not floor.bank.provide(me, amount, floor.epoch):
            return
        floor.send(me, insurance_pool.deposit(me.key, floor.market_id, me.token, amount, 1, floor.epoch, floor.at))
        self._look(floor.epoch)

    def _request(self, position: ProviderPosition) -> None:
        floor, me = self._floor, self._me
        entry = position.entry_epoch
        floor.send(me, insurance_pool.request_withdrawal(me.key, floor.market_id, entry, position.shares, floor.at))
        self._look(entry)

    def _execute(self, position: ProviderPosition) -> None:
        floor, me = self._floor, self._me
        entry = position.entry_epoch
        floor.send(me, insurance_pool.execute_withdrawal(me.key, floor.market_id, me.key, entry, me.token, 0, floor.at))
        self._look(entry)

    def _look(self, entry: int) -> None:
        floor = self._floor
        floor.sight.look_at(floor.at.market(floor.market_id).provider_position(self._me.key, entry))
