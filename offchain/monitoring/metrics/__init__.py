"""Metrics for Prometheus, in its text format 0.0.4."""
