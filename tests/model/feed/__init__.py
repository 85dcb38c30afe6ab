"""Prices: acceptance, provisional steps, the lagging price and the sample of an epoch."""
