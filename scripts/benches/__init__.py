"""Measurements and proofs that start whole processes: `scripts/bench`."""
