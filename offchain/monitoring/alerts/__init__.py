"""Alerts: raised once, cleared once, kept over restarts, told to whoever has to know."""
