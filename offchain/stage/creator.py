"""A market's creator: keeps house, insurance fund and stake filled, pays premium arrears, takes its fees."""

from collections.abc import Callable

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.instructions import demo_market, insurance_pool, premium_manager
from offchain.demo.wallets import Wallet
from offchain.stage.floor import Action, Floor

ROUND_EPOCHS = 24
"""How often the creator looks after its market."""

Payment = Callable[[Pubkey, Pubkey, Pubkey, int, Addresses], Instruction]
"""An instruction by which (payer, market, token account) pays atoms."""


class Creator:
    """What is needed for the first trade is done at once, everything else four times a day."""

    def __init__(self, floor: Floor, me: Wallet, treasury: Wallet) -> None:
        """`treasury` collects the protocol's fees."""
        self._floor = floor
        self._me = me
        self._treasury = treasury

    def due(self) -> list[Action]:
        """What is to be done now, each in a transaction of its own."""
        floor = self._floor
        if floor.view.perp.house and floor.epoch % ROUND_EPOCHS:
            return []
        return [*self._payments(), self._sweep, self._collect]

    def _payments(self) -> list[Action]:
        """What has fallen below half of the plan is filled up again; arrears are paid in full."""
        floor, plan, view = self._floor, self._floor.plan, self._floor.view
        house, fund, stake = view.perp.house, view.perp.fund, view.pool.first_loss
        found: list[Action] = []
        if house < plan.house // 2:
            found.append(lambda: self._pay(demo_market.fund_house, plan.house - house))
        if fund < plan.fund // 2:
            found.append(lambda: self._pay(demo_market.fund_insurance, plan.fund - fund))
        if stake < plan.first_loss // 2:
            found.append(lambda: self._pay(insurance_pool.fund_first_loss, plan.first_loss - stake))
        if view.premium.balance < 0:
            found.append(lambda: self._pay(premium_manager.pay_arrears, -floor.view.premium.balance))
        return found

    def _pay(self, instruction: Payment, amount: int) -> None:
        floor, me = self._floor, self._me
        if floor.bank.provide(me, amount, floor.epoch, is_rich=True):
            floor.send(me, instruction(me.key, floor.market_id, me.token, amount, floor.at))

    def _sweep(self) -> None:
        """What premiums have left of the fees; only once every fee has been settled."""
        floor = self._floor
        if floor.view.perp.fees_due == 0:
            floor.send(self._me, demo_market.sweep_fees(self._me.key, floor.market_id, floor.at))

    def _collect(self) -> None:
        floor, treasury = self._floor, self._treasury
        if floor.view.pool.treasury_fees:
            floor.bank.open_account(treasury)
            floor.send(
                treasury, insurance_pool.collect_treasury(treasury.key, floor.market_id, treasury.token, floor.at)
            )
