"""Why a connection was closed: WebSocket close codes, those from 4000 on are ours."""

TOO_BIG = 1009
"""One message of the client was longer than it may be."""
SLOW = 4001
"""The client left more unread than is kept for it."""
CROWDED = 4002
"""Too many connections, of this address or altogether."""
IDLE = 4003
"""Nothing subscribed for a while."""
UNRULY = 4004
"""Too many messages, or too many that make no sense."""
