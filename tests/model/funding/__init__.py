"""Funding variance: how much the 8-hour funding rate moved in thirty days."""
