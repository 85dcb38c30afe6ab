"""Live updates: one WebSocket, `/v1/ws`, with a snapshot and then what changes. The protocol: docs/live.md."""
