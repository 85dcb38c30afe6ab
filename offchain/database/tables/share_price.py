"""What a share of a pool was worth, and what changed it."""

from offchain.database.tables.base import big
from offchain.database.tables.history import MarketHistory, in_order


class SharePrice(MarketHistory, table=True):
    """A pool after an event that changed its account, as its next transaction would find it. Amounts are atoms.

    Between two rows of a pool `available_balance` moves by deposited - withdrawn - revested + vested
    - performance_fee - claimed - swept of the later one, exactly.
    """

    __tablename__ = "share_prices"
    __table_args__ = in_order("market_id")

    event: str
    """Its name, such as `Deposited`."""
    available_balance: int = big()
    """Providers' capital as booked in the account."""
    nav: int = big()
    """The same with what vested by this epoch: what a deposit buys at."""
    priced_nav: int = big()
    """The same less known deficits that are no claim yet: what a withdrawal is priced at."""
    total_shares: int = big()
    price_assets: int = big()
    """Exact share price: price_assets / price_shares, both with the virtual part."""
    price_shares: int = big()
    share_price: int = big()
    """The same, 1e9 = one atom a share, rounded down."""
    high_water_mark: int = big()
    """1e9 = one atom a share."""
    tvl: int = big()
    """All that can pay claims: available_balance + unvested + first_loss + residual."""
    ledger: int = big()
    """What the vault must hold: tvl + reserved + treasury_fees + claim_fees."""
    unvested: int = big()
    """Premiums that vest later."""
    first_loss: int = big()
    """The creator's stake."""
    residual: int = big()
    """Leftovers that belong to no share."""
    reserved: int = big()
    """A payout that waits for its release."""
    treasury_fees: int = big()
    claim_fees: int = big()
    unsettled: int = big()
    """Known deficit that is no claim yet."""
    pending_shares: int = big()
    """Requested for withdrawal."""
    pending_value: int = big()
    total_deposits: int = big()
    """Principal."""
    generation: int = big()
    """Shares of earlier generations are worth nothing."""
    open_interest: int = big()
    required_reserve: int = big()
    utilisation_bps: int = big()
    withdrawable: int = big()
    """What the utilisation cap leaves for withdrawals."""
    deposited: int = big()
    """By this event, as all that follow."""
    withdrawn: int = big()
    """Paid to a provider."""
    revested: int = big()
    """Early fee, and gain forgone since a request: they vest again to those who stay."""
    vested: int = big()
    """Premium that joined the providers' capital, before the performance fee."""
    performance_fee: int = big()
    claimed: int = big()
    """The capital tier of a claim."""
    swept: int = big()
    """Capital without shares, moved to `residual`."""
