"""The REST API: what the index knows, as documents under /v1."""
