"""Typed settings: what `seahorse.toml` says, checked once."""
