"""The verifier on a kept chain: clean, and with single atoms altered."""
