"""Logs as one JSON object a line, without secrets, with the request they belong to."""
