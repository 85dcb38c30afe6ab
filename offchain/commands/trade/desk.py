"""What every trading command needs: the market, the trader, and a market that is synchronised."""

from dataclasses import dataclass

from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.generated.demo_market.accounts import PerpPosition, TraderAccount
from offchain.chain.instructions import demo_market, risk_engine
from offchain.chain.market_view import MarketView
from offchain.commands.context import Context
from offchain.commands.naming import label_of
from offchain.commands.snapshot import Snapshot, one_market, take_snapshot
from offchain.commands.state import read_if_there
from offchain.errors import PercosecError


@dataclass(frozen=True)
class Desk:
    """A trader in front of a market."""

    context: Context
    snapshot: Snapshot
    market: MarketView
    key: Keypair

    @property
    def market_id(self) -> Pubkey:
        """The market."""
        return self.market.id

    @property
    def owner(self) -> Pubkey:
        """The trader."""
        return self.key.pubkey()

    @property
    def label(self) -> str:
        """The market's name."""
        return label_of(self.context, self.market_id)

    @property
    def mint(self) -> Pubkey:
        """What margin is paid in."""
        return self.market.perp.mint

    def sync(self) -> Instruction:
        """Fills ask for a market that has seen the last price; anyone may show it."""
        return risk_engine.sync_market(self.owner, self.market_id, self.market.config.oracle_feed, self.context.at)

    def opening(self) -> list[Instruction]:
        """The trader's account in this market, unless it is there."""
        address = self.context.at.market(self.market_id).trader(self.owner)
        if read_if_there(self.context, TraderAccount, address) is not None:
            return []
        return [demo_market.open_trader(self.owner, self.market_id, self.context.at)]

    def own(self) -> list[PerpPosition]:
        """The trader's open positions, by nonce."""
        held = [each for each in self.market.positions.values() if each.owner == self.owner]
        return sorted(held, key=lambda each: each.nonce)

    def choose(self, nonce: int | None) -> PerpPosition:
        """The position of this nonce, or the only one; PercosecError when that is not clear."""
        held = self.own()
        if nonce is not None:
            chosen = [each for each in held if each.nonce == nonce]
            if not chosen:
                raise PercosecError(f"there is no open position {nonce} here: percosec positions shows those there are")
            return chosen[0]
        if not held:
            raise PercosecError(f"there is no open position in {self.label}: percosec trade open opens one")
        if len(held) > 1:
            nonces = ", ".join(str(each.nonce) for each in held)
            raise PercosecError(f"there are {len(held)} positions: choose one with --nonce ({nonces})")
        return held[0]

    def free_nonce(self) -> int:
        """The lowest nonce, from 1, that the trader has not used; those of closed positions are gone for good."""
        m = self.context.at.market(self.market_id)
        nonce = 1
        while True:
            batch = [m.perp_position(self.owner, nonce + step) for step in range(100)]
            for step, account in enumerate(self.context.chain().accounts(batch)):
                if account is None:
                    return nonce + step
            nonce += len(batch)


def sit_down(context: Context, market: str) -> Desk:
    """The signing trader in front of MARKET."""
    key = context.keypair()
    snapshot = take_snapshot(context)
    return Desk(context, snapshot, one_market(context, snapshot, market), key)
