"""Finds out which transactions there are, in which order, and gets them from a node."""
