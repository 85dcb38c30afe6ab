"""Watching over the running app: jobs, metrics, alerts, status and logs."""
