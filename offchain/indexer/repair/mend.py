"""`Mender`: a transaction whose logs were cut off gets them back, or is marked."""

from dataclasses import dataclass

from offchain.chain.addresses import Addresses
from offchain.indexer.decode import Decoded, decode
from offchain.indexer.raw import RawTransaction
from offchain.indexer.repair.before import Rows, accounts_before
from offchain.indexer.repair.completes import completes
from offchain.indexer.repair.evidence import Evidence
from offchain.indexer.repair.rerun import RerunError, rerun

RERUN, LOST = "rerun", "lost"


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one transaction."""

    raw: RawTransaction
    decoded: Decoded
    reason: str | None
    """Why its events are lost; None where they are complete."""
    told: list[str] | None = None
    """What the node had told, where the document carries the whole logs in its place."""


class Mender:
    """Holds what was read from the chain for the transactions of a batch."""

    def __init__(self, at: Addresses, now: Evidence) -> None:
        self._at = at
        self._now = now

    def mend(self, raw: RawTransaction, decoded: Decoded, rows: Rows | None) -> Mended:
        """`rows`: the projections right before this transaction; None where none are kept."""
        if rows is None:
            return Mended(raw, decoded, "this database keeps no projections to run it on")
        if raw.block_time is None:
            return Mended(raw, decoded, "the node tells no block time")
        try:
            found = rerun(raw, accounts_before(raw, rows, self._now, self._at), self._now)
        except RerunError as error:
            return Mended(raw, decoded, str(error))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            return Mended(raw, decoded, f"the node's record of it makes no sense ({error!r})")
        if completes(raw, found, self._now):
            whole, told = raw.completed(found.logs), raw.logs
        else:
            whole, told = raw.with_logs(found.logs), None
        return Mended(whole, decode(whole, self._at), None, told)
