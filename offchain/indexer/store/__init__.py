"""Writes what was decoded: each step in one database transaction with the watermark."""
