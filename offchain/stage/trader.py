"""A trader of the stage: what it does next follows from its positions on the chain alone."""

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode_account
from offchain.chain.generated.demo_market.accounts import PerpPosition, TraderAccount
from offchain.chain.instructions import demo_market
from offchain.chain.units import U64_MAX
from offchain.demo.order import PRICE_ONE, plan_order
from offchain.demo.wallets import Wallet
from offchain.stage.floor import Action, Floor
from offchain.stage.plans import TraderPlan

PROFIT_EPOCHS = 24
"""How often a trader asks for profit that has vested."""
MARGINS = 4
"""How often a trader may lose its margin before it has to wait for new money."""


class Trader:
    """Opens the position of its plan, numbered by the epoch, and closes it after so many epochs."""

    def __init__(self, floor: Floor, plan: TraderPlan, me: Wallet, place: int) -> None:
        """`place` is its number among the traders, so that not all of them do things at once."""
        self._floor = floor
        self._plan = plan
        self._place = place
        self._has_account = False
        self.me = me

    def due(self) -> list[Action]:
        """What is to be done now."""
        floor, plan = self._floor, self._plan
        held = [each for each in floor.view.positions.values() if each.owner == self.me.key]
        old = [each for each in held if each.nonce > floor.epoch or floor.epoch >= each.nonce + plan.hold]
        if old:
            return [lambda: self._close(old[0])]
        if not held and floor.epoch >= self._next_opening():
            return [self._open]
        if self._has_account and floor.epoch % PROFIT_EPOCHS == self._place % PROFIT_EPOCHS:
            return [self._collect]
        return []

    def _next_opening(self) -> int:
        last = self._floor.nonces.get(self.me.key)
        return self._floor.begin + self._plan.first if last is None else last + self._plan.rest

    def _open(self) -> None:
        floor, plan, me = self._floor, self._plan, self.me
        floor.synchronise(floor.creator)
        perp = floor.view.perp
        size = plan.notional * PRICE_ONE // perp.price
        order = plan_order(perp, plan.is_long, size, plan.leverage, floor.parameters)
        if order is None or not floor.bank.provide(me, order.cost, floor.epoch, MARGINS):
            return
        nonce, market_id = floor.epoch, floor.market_id
        steps = [] if self._is_known() else [demo_market.open_trader(me.key, market_id, floor.at)]
        floor.nonces[me.key] = nonce
        floor.send(
            me,
            *steps,
            demo_market.open_position(
                me.key, market_id, nonce, me.token, plan.is_long, size, order.margin, order.price, floor.at
            ),
        )
        self._has_account = True
        floor.sight.look_at(floor.at.market(market_id).perp_position(me.key, nonce))

    def _close(self, position: PerpPosition) -> None:
        floor, me = self._floor, self.me
        floor.synchronise(floor.creator)
        limit = 0 if position.is_long else U64_MAX
        floor.send(me, demo_market.close_position(me.key, floor.market_id, position.nonce, me.token, limit, floor.at))

    def _collect(self) -> None:
        floor, me = self._floor, self.me
        address = self._account()
        account = floor.session.chain.account(address)
        trader = decode_account(TraderAccount, account, floor.at.demo_market, address)
        if trader.claimable or (trader.units and floor.epoch >= trader.vest_end):
            floor.send(me, demo_market.withdraw_profit(me.key, floor.market_id, me.token, floor.at))

    def _is_known(self) -> bool:
        """Whether the trader's account in this market is there."""
        if not self._has_account:
            self._has_account = self._floor.session.chain.account(self._account()) is not None
        return self._has_account

    def _account(self) -> Pubkey:
        return self._floor.at.market(self._floor.market_id).trader(self.me.key)
