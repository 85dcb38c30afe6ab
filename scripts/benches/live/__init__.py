"""How fast a transaction reaches WebSocket clients, one and thousands: `scripts/bench live`."""
