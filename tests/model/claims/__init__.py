"""Deficits: what a market reports, when it counts and what the receipt says."""
