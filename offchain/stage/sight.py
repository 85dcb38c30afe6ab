"""What the stage sees of the chain: all markets with their positions, read over plain RPC."""

from collections.abc import Sequence

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.directory import Directory, load_directory
from offchain.chain.epochs import Schedule
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.market_view import MarketView
from offchain.stage.errors import StageError


class Sight:
    """A picture of the chain that is renewed once an epoch, and in part in between."""

    def __init__(self, chain: Chain, at: Addresses) -> None:
        self._chain = chain
        self._at = at
        self._directory = Directory(at)

    @property
    def schedule(self) -> Schedule:
        """The deployment's epochs."""
        return self._directory.schedule

    def read_all(self) -> None:
        """Everything anew: also what others have opened, deposited and closed."""
        self._directory = load_directory(self._chain, self._at)

    def renew(self, market_ids: Sequence[Pubkey]) -> None:
        """The accounts that decide what is due in these markets, and their open positions."""
        keys: dict[Pubkey, None] = {}
        for market_id in market_ids:
            at, view = self._at.market(market_id), self.market(market_id)
            own = (market_id, at.score, at.inputs, at.premium, at.pool, at.registry, view.config.oracle_feed)
            keys.update(dict.fromkeys((*own, *view.positions)))
        for key, account in zip(keys, self._chain.accounts(list(keys)), strict=True):
            if account is not None:
                self._directory.put(key, account)

    def look_at(self, *addresses: Pubkey) -> None:
        """These accounts alone."""
        for key, account in zip(addresses, self._chain.accounts(addresses), strict=True):
            if account is not None:
                self._directory.put(key, account)

    def market(self, market_id: Pubkey) -> MarketView:
        """One market; StageError where it is not there, or not complete."""
        view = self._directory.market(market_id)
        if view is None:
            raise StageError(f"the market {market_id} is not registered on this chain: start on a new chain")
        return view

    def last_nonces(self, market_id: Pubkey, epoch: int) -> dict[Pubkey, int]:
        """Owner -> the newest position of this market, ended ones included.

        The people of the stage number their positions by the epoch of their opening. Numbers beyond `epoch` are
        somebody else's: their keys are public.
        """
        newest: dict[Pubkey, int] = {}
        for _, account in self._chain.owned_by(self._at.demo_market, bytes(PerpPosition.discriminator)):
            position = decode(PerpPosition, account.data)
            if position.market == market_id and position.nonce <= epoch:
                newest[position.owner] = max(newest.get(position.owner, 0), position.nonce)
        return newest
