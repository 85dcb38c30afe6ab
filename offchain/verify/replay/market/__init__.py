"""The market's ledgers: positions, house, fund, profits and the deficit it counts."""
