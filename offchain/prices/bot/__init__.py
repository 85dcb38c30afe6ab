"""The price bot: writes each feed on chain when its price is old or has moved."""
