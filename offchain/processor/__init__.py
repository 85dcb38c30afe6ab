"""Figures over the index: what providers earned, what was lost, who keeps the markets going, and what fails."""
