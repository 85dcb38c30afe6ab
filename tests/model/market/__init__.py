"""The demo market: fills, funding, statistics, closing, liquidation and the vesting of profit."""
