"""Keeps the place of each recording in the database, so that a restart goes on where the last run stood."""

from sqlmodel import Session

from offchain.database.tables.price_anchor import PriceAnchor
from offchain.prices.sources.replay import Anchor, Recording, Replay


def replay(session: Session, pair: str, recording: Recording, start: int, speed: int, now_ms: int) -> Replay:
    """The recording in its place at `now_ms`; another file, another start or a clock that was set back starts anew.

    `start` is the recorded unix second at which it starts, 0 its beginning. The caller commits.
    """
    label = f"{recording.digest}@{start}"
    row = session.get(PriceAnchor, pair)
    if row is None or row.recording != label or now_ms < row.at_ms:
        anchor = Anchor(start or recording.ticks[0].time, now_ms, speed)
    else:
        known = Anchor(row.recorded, row.at_ms, row.speed)
        # At another speed it goes on from where it is.
        anchor = known if known.speed == speed else Anchor(known.position(now_ms), now_ms, speed)
    session.merge(
        PriceAnchor(pair=pair, recording=label, recorded=anchor.recorded, at_ms=anchor.at_ms, speed=anchor.speed)
    )
    return Replay(recording.ticks, recording.length, anchor)
