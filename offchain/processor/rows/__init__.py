"""What the figures are made of, read from the index: explicit columns, bounded by time."""
