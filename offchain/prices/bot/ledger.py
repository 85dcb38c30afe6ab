"""What was sent, written down before it is sent: no price goes out twice, whatever becomes of the process."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from offchain.database.database import Database
from offchain.database.tables.price_push import PricePush
from offchain.prices.bot.due import Offer
from offchain.prices.clock import wall_ms

SENDING, LANDED, REFUSED, UNKNOWN = "sending", "landed", "refused", "unknown"


class Ledger:
    """The pushes of one feed."""

    def __init__(self, database: Database, pair: str, feed: str) -> None:
        """`feed` is the feed's address in base58."""
        self._database = database
        self._pair = pair
        self._feed = feed

    def begin(self, offer: Offer, reason: str) -> int | None:
        """Note that a price is about to be sent; None when a price of this time was sent before."""
        with self._database.session() as session:
            known = select(PricePush).where(PricePush.feed == self._feed, PricePush.publish_time == offer.publish_time)
            if session.exec(known).first() is not None:
                return None
            row = PricePush(
                pair=self._pair,
                feed=self._feed,
                price=offer.price,
                conf=offer.conf,
                publish_time=offer.publish_time,
                at_ms=wall_ms(),
                reason=reason,
                state=SENDING,
            )
            session.add(row)
            try:
                session.commit()
            except IntegrityError:  # another process was faster
                return None
            return row.id

    def finish(self, number: int, state: str, code: str = "", signature: str = "") -> None:
        """Note what became of it."""
        with self._database.session() as session:
            row = session.get_one(PricePush, number)
            row.state, row.code, row.signature = state, code, signature
            session.add(row)
            session.commit()

    def settle(self, publish_time: int) -> list[PricePush]:
        """Give the pushes whose end nobody saw the end that the feed shows, which holds a price of `publish_time`.

        A push that the feed does not hold may have landed before a later one: it stays `unknown`.
        """
        with self._database.session() as session:
            unsettled = select(PricePush).where(
                PricePush.feed == self._feed,
                (PricePush.state == SENDING)
                | ((PricePush.state == UNKNOWN) & (PricePush.publish_time == publish_time)),
            )
            rows = list(session.exec(unsettled).all())
            for row in rows:
                row.state = LANDED if row.publish_time == publish_time else UNKNOWN
                session.add(row)
            if rows:
                session.commit()
            return rows
