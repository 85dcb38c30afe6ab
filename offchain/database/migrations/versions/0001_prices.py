"""Quotes, candles, counters, the sources' state, the replay's place and the bot's pushes."""

import sqlalchemy as sa
from alembic import op

revision = "0001_prices"
down_revision = None
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _quotes()
    op.create_table(
        "price_candle",
        sa.Column("pair", sa.String, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("start", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("open", "high", "low", "close", "quotes")),
        sa.PrimaryKeyConstraint("pair", "seconds", "start", name="pk_price_candle"),
    )
    _sources()
    op.create_table(
        "price_push",
        sa.Column("id", _BIG_ID, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("pair", "feed")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("price", "conf", "publish_time", "at_ms")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("reason", "state", "code", "signature")),
        sa.PrimaryKeyConstraint("id", name="pk_price_push"),
        sa.UniqueConstraint("feed", "publish_time", name="uq_price_push_feed_publish_time"),
    )


def _quotes() -> None:
    op.create_table(
        "price_quote",
        sa.Column("id", _BIG_ID, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("pair", "source")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("price", "conf", "publish_time", "received_ms")),
        sa.Column("verdict", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_price_quote"),
    )
    op.create_index("ix_price_quote_pair_verdict_id", "price_quote", ["pair", "verdict", "id"])
    op.create_index("ix_price_quote_received_ms", "price_quote", ["received_ms"])


def _sources() -> None:
    op.create_table(
        "price_tally",
        *(sa.Column(name, sa.String, nullable=False) for name in ("source", "pair", "verdict")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("count", "last_ms")),
        sa.PrimaryKeyConstraint("source", "pair", "verdict", name="pk_price_tally"),
    )
    op.create_table(
        "price_source",
        *(sa.Column(name, sa.String, nullable=False) for name in ("pair", "source")),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("in_use", sa.Boolean, nullable=False),
        sa.Column("since_ms", sa.BigInteger, nullable=False),
        sa.Column("last_good_ms", sa.BigInteger),
        sa.Column("last_error", sa.String, nullable=False),
        sa.Column("price", sa.BigInteger),
        sa.Column("seen_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("pair", "source", name="pk_price_source"),
    )
    op.create_table(
        "price_anchor",
        *(sa.Column(name, sa.String, nullable=False) for name in ("pair", "recording")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("recorded", "at_ms", "speed")),
        sa.PrimaryKeyConstraint("pair", name="pk_price_anchor"),
    )
