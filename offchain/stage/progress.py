"""How a running market goes, for a status page."""

from collections import Counter
from dataclasses import dataclass, field

PREPARING, WAITING, RACING, PLAYING, STOPPED = "preparing", "waiting for a price", "racing", "playing", "stopped"
STANDING = "standing"
"""Everybody has acted; time goes on when somebody moves the clock."""


@dataclass
class Progress:
    """Written by the player's thread, read by anybody; each value by itself is right at any time."""

    phase: str = PREPARING
    chain_time: int = 0
    """Unix seconds."""
    epoch: int = 0
    speed: int = 0
    """Market seconds in a real second; 0 while time runs as fast as the keepers follow, and where it stands."""
    waiting_for: str = ""
    """What the clock waits for; empty when for nothing."""
    sent: int = 0
    """Transactions that succeeded."""
    late: int = 0
    """Epochs at whose end something was still to be done."""
    node_failures: int = 0
    last_error: str = ""
    refusals: Counter[str] = field(default_factory=Counter)
    """Code -> how often the programs refused an action."""

    def document(self) -> dict[str, object]:
        """Integers and texts only."""
        return {
            "phase": self.phase,
            "chain_time": self.chain_time,
            "epoch": self.epoch,
            "speed": self.speed,
            "waiting_for": self.waiting_for,
            "sent": self.sent,
            "late": self.late,
            "refused": sum(self.refusals.values()),
            "refusals": dict(self.refusals),
            "node_failures": self.node_failures,
            "last_error": self.last_error,
        }
