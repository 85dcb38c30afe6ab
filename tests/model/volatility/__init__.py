"""Volatility: annualised deviation of log returns over thirty days."""
