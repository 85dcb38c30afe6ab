"""Prices: captured every second, kept raw and as candles, and written on chain."""
