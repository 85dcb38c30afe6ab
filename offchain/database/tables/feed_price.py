"""Every price that a feed accepted."""

from offchain.database.tables.base import big
from offchain.database.tables.history import History, in_order


class FeedPrice(History, table=True):
    """One PriceAccepted. Prices are 1e-6 USD, times unix seconds."""

    __tablename__ = "feed_prices"
    __table_args__ = in_order("feed")

    feed: str
    """Address of the feed account, base58; markets name it as `oracle_feed`."""
    feed_id: str
    """Base58."""
    actor: str
    """The writer, base58."""
    price_before: int = big()
    """0: the first one."""
    price: int = big()
    conf: int = big()
    """Half the width of the interval that the source believes in."""
    publish_time: int = big()
    provisional: bool
    """In doubt until another one confirms it."""
    lag_price: int = big()
    """The earlier price that liquidations may use; 0: none yet."""
    lag_time: int = big()
    sample_price: int = big()
    """First price of the epoch `sample_epoch`: what volatility is measured on."""
    sample_epoch: int = big()
    updates: int = big()
    """Prices of the feed so far."""
