"""Requests to leave a pool and what became of them."""

from offchain.database.tables.base import big
from offchain.database.tables.history import MarketHistory, in_order


class Withdrawal(MarketHistory, table=True):
    """One step of a withdrawal. Amounts are atoms, 0 where not concerned; times are unix seconds.

    `kind`: `request`, `cancel`, `execute` (whole or in part).
    """

    __tablename__ = "withdrawals"
    __table_args__ = (*in_order("market_id"), *in_order("provider"))

    kind: str
    provider: str
    """Base58."""
    actor: str
    """Who sent it: from the forced date on anyone may execute."""
    provider_position: str
    """Address of the position, base58."""
    entry_epoch: int = big()
    shares: int = big()
    """Requested, taken back, or burnt by an execution."""
    value: int = big()
    """What they are worth: fixed at a request; at the moment for the other kinds (`out` of an execution)."""
    gross: int = big()
    """Of an execution, before the fee."""
    fee_bps: int = big()
    """Early fee, fixed at the request."""
    fee: int = big()
    net: int = big()
    """Paid to the provider."""
    forgone: int = big()
    """Gain since the request that stays with the others."""
    wiped: bool
    """A payout had wiped out the shares: nothing is left to pay."""
    forced: bool
    """Executed from the forced date on."""
    requested_epoch: int = big()
    executable_epoch: int = big()
    """The notice ends."""
    flag_epoch: int = big()
    """From here on the waiting request may restrict the market."""
    forced_epoch: int = big()
    """Paid whole whatever the utilisation, and by anyone."""
    requested_at: int = big()
    executable_at: int = big()
    flag_at: int = big()
    forced_at: int = big()
    open_shares: int = big()
    """Of the request, after."""
    open_value: int = big()
    position_shares: int = big()
    """Of the position, after."""
    position_deposited: int = big()
    """Principal of the position, after."""
    share_price: int = big()
    """After, 1e9 = one atom a share."""
