"""What the replay is held against: token accounts, receipts and the programs' own accounts."""
