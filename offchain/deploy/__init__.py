"""Deployment: from nothing, or from whatever a chain already holds, to a working protocol."""
