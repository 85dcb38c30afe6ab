"""The limits of the live updates: `[live]` of seahorse.toml, `PERCOSEC_LIVE_*` and flags."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class LiveSettings:
    """How much of a server one WebSocket client, and all of them, may take."""

    clients: int = 10_000
    """Connections at a time."""
    clients_per_address: int = 64
    """Connections at a time from one address (of IPv6: from one /64 network)."""
    topics_per_client: int = 64
    """Subscriptions of one connection."""
    message_bytes: int = 4_096
    """Longest message of a client."""
    messages_per_10s: int = 200
    """Most messages of one client in ten seconds."""
    queue_bytes: int = 1_048_576
    """What may wait for a client that reads too slowly, beside its snapshots; then it is cut off."""
    heartbeat_seconds: int = 15
    """A frame at least so often."""
    idle_seconds: int = 60
    """A connection without a subscription is closed after so long."""
    ring_frames: int = 256
    """Deltas of a topic kept for clients that lost their connection ..."""
    ring_bytes: int = 1_048_576
    """... and at most so many bytes of them."""
    linger_seconds: int = 60
    """How long a topic without subscribers is kept up for them."""

    def __post_init__(self) -> None:
        """ValueError names a value out of bounds."""
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise ValueError(f"{field.name} must be above 0, not {getattr(self, field.name)}")
