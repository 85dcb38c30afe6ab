"""One market as the people of the stage see it, and what they need to act in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.instructions import risk_engine
from offchain.chain.market_view import MarketView
from offchain.demo.session import Receipt, Session
from offchain.demo.wallets import Wallet
from offchain.settings.parameters import Parameters
from offchain.stage.bank import Bank
from offchain.stage.plans import MarketPlan
from offchain.stage.sight import Sight


@dataclass
class Floor:
    """One market in one epoch."""

    name: str
    market_id: Pubkey
    plan: MarketPlan
    creator: Wallet
    sight: Sight
    session: Session
    bank: Bank
    at: Addresses
    parameters: Parameters
    begin: int
    """The epoch in which the chain began: plans count from it."""
    epoch: int = 0
    """The epoch that is being played, as the chain numbers it."""
    nonces: dict[Pubkey, int] = field(default_factory=dict)
    """Trader -> number of its newest position; read from the chain at the start."""

    @property
    def view(self) -> MarketView:
        """The market as it was last read."""
        return self.sight.market(self.market_id)

    def renew(self) -> None:
        """Read the market again."""
        self.sight.renew([self.market_id])

    def send(self, payer: Wallet, *instructions: Instruction) -> Receipt:
        """Send, wait, and read the market again; ProgramError when it fails."""
        receipt = self.session.send(payer, *instructions)
        self.renew()
        return receipt

    def synchronise(self, payer: Wallet) -> None:
        """Bring the newest price to the market, as everybody who trades on it must; nothing when it is there."""
        view = self.view
        if view.perp.publish_time != view.feed.publish_time:
            self.send(payer, risk_engine.sync_market(payer.key, self.market_id, view.config.oracle_feed, self.at))


Action = Callable[[], None]
"""Something a person does now: at most a few transactions; may raise ProgramError and RpcError."""
