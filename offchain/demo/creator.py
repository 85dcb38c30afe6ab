"""A market's creator: keeps the premium floor paid and takes what is left of the trading fees into the house."""

from offchain.chain.instructions import demo_market, premium_manager
from offchain.demo.desk import Desk
from offchain.demo.scenario import DAY
from offchain.demo.wallets import Wallet
from offchain.demo.words import usdc


class Creator:
    """Acts once a day."""

    def __init__(self, desk: Desk, me: Wallet) -> None:
        self._desk = desk
        self._me = me

    def act(self) -> None:
        """Pay arrears of the premium floor as far as the purse goes; sweep the fees."""
        if self._desk.played % DAY != DAY - 1:
            return
        self.pay_arrears()
        self.sweep()

    def pay_arrears(self) -> None:
        """What the fees have not paid of the premium that open interest owes."""
        desk, me = self._desk, self._me
        amount = min(-desk.premium.balance, desk.balance(me))
        if amount <= 0:
            return
        desk.session.send(me, premium_manager.pay_arrears(me.key, desk.market_id, me.token, amount))
        desk.tell(f"the creator pays {usdc(amount)} of premium arrears")
        desk.refresh()

    def sweep(self) -> None:
        """Only once every fee has been settled with the premium manager."""
        desk = self._desk
        if desk.market.fees_due == 0:
            desk.session.send(self._me, demo_market.sweep_fees(self._me.key, desk.market_id))
            desk.refresh()
