"""An event with the projections right before and after it: all that a history row is made of."""

from functools import cache
from typing import Any, TypeVar

from solders.pubkey import Pubkey

from offchain.chain.accounts import Decodable
from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.indexer.decode.model import DecodedEvent
from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.projections.state import State

Row = dict[str, Any]
T = TypeVar("T", bound=Decodable)


class Told:
    """One event that the projections have just taken."""

    def __init__(self, decoded: DecodedEvent, state: State) -> None:
        """`state` is that after the event, and still remembers what it changed."""
        if decoded.block_time is None:
            raise ProjectionError(f"{decoded.signature} has no block time: read it from a node that keeps block times")
        self.decoded = decoded
        self.event: Any = decoded.event
        self.state = state
        self.time = decoded.block_time
        config = state.get(RiskConfig, state.at.risk_config)
        self.schedule = _schedule(config.genesis, config.epoch_seconds)
        self.epoch = self.schedule.epoch(self.time)
        self.kept: dict[str, Any] = {}
        """What several rows of the event need, by the name of what made it."""

    def after(self, kind: type[T], address: Pubkey) -> T:
        """A row as the event left it; ProjectionError when there is none."""
        return self.state.get(kind, address)

    def before(self, kind: type[T], address: Pubkey) -> T:
        """The same row as the event found it."""
        changed = self.state.before.get(address)
        row = self.state.get(kind, address) if changed is None else changed[0]
        if not isinstance(row, kind):
            raise ProjectionError(f"there was no {kind.__name__} {address}: events before this one are missing")
        return row

    def row(self, **values: Any) -> Row:
        """A row of a table that knows no market."""
        decoded = self.decoded
        return {
            "signature": decoded.signature,
            "number": decoded.number,
            "slot": decoded.slot,
            "position": decoded.position,
            "block_time": self.time,
            "epoch": self.epoch,
            **values,
        }

    def market_row(self, **values: Any) -> Row:
        """A row of any other table."""
        return self.row(market_id=self.decoded.market_id, **values)


@cache
def _schedule(genesis: int, epoch_seconds: int) -> Schedule:
    """A chain has one."""
    return Schedule(genesis, epoch_seconds)
