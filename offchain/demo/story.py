"""What happened, as the demo tells it: numbers by epoch and events in order."""

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["plain", "good", "bad", "quiet"]


@dataclass(frozen=True)
class Happening:
    """One line of the story."""

    time: int
    """Recorded time, unix seconds."""
    market: str
    text: str
    tone: Tone


@dataclass
class MarketState:
    """One market as it stood after the last transaction that concerned it. Units as on the chain."""

    name: str
    price: int = 0
    score: int = 0
    leverage_factor: int = 0
    oi_ratio_factor: int = 0
    volatility_factor: int = 0
    funding_variance_factor: int = 0
    provisional: bool = True
    grade: str = "-"
    rate_bps: int = 0
    open_interest: int = 0
    pool: int = 0
    """The pool's available balance in atoms."""
    utilization_bps: int = 0
    premiums: int = 0
    """Premiums credited to the pool so far, in atoms."""
    positions: int = 0
    liquidations: int = 0
    claims: int = 0
    paid: int = 0
    uncovered: int = 0
    no_claims: int = 0
    prices: list[int] = field(default_factory=list)


@dataclass
class Story:
    """Everything the view shows; the actors write it, the view reads it."""

    first_time: int
    last_time: int
    markets: list[MarketState]
    now: int = 0
    epochs_played: int = 0
    epochs_total: int = 0
    happenings: list[Happening] = field(default_factory=list)

    def tell(self, market: str, text: str, tone: Tone = "plain") -> None:
        """Add a line at the time that is being played."""
        self.happenings.append(Happening(self.now, market, text, tone))
