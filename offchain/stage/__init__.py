"""A local chain as a running market: replayed prices, and people who trade, insure, lose, leave and come back."""
