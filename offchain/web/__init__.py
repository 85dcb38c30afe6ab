"""The web UI in Python's hands: found or brought Node, the bundle of `web/`, and the routes that serve it."""
