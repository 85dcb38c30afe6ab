"""Which market an account belongs to, from the history alone.

A failed instruction has no events, and many instructions name a market only by accounts that are derived from it. A
market is known from its first event on; so the same history gives the same answers, whenever it is read.
"""

from solders.pubkey import Pubkey
from sqlmodel import Session, col, select

from offchain.chain.addresses import Addresses
from offchain.database.tables.event import Event
from offchain.indexer.decode.model import Decoded

DERIVED = (
    "market_id",
    "config",
    "score",
    "inputs",
    "window",
    "premium",
    "escrow",
    "pool",
    "pool_vault",
    "registry",
    "vault",
    "fee_vault",
)
"""The accounts that a market has once."""


class Markets:
    """Account -> market, both base58, of all markets known so far."""

    def __init__(self, at: Addresses) -> None:
        self._at = at
        self._known: set[str] = set()
        self._of: dict[str, str] = {}

    def load(self, session: Session) -> None:
        """Those of the stored events."""
        for market in session.exec(select(Event.market_id).where(col(Event.market_id).is_not(None)).distinct()):
            self._note(str(market))

    def fill(self, decoded: Decoded) -> None:
        """Name the markets of the next transaction's instructions where nothing in it does."""
        for event in decoded.events:
            if event.market_id is not None and event.market_id not in self._known:
                self._note(event.market_id)
        for call in decoded.instructions:
            if call.market_id is None and call.name is not None:
                call.market_id = next((self._of[one] for one in call.addresses if one in self._of), None)

    def _note(self, market: str) -> None:
        addresses = self._at.market(Pubkey.from_string(market))
        self._known.add(market)
        self._of.update({str(getattr(addresses, name)): market for name in DERIVED})
