"""What a creator pays into a market, and takes out of it."""
