"""The insurance pool: shares, vesting, deposits, withdrawals and payouts."""
