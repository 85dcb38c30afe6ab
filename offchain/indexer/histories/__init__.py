"""What happened to prices, scores, premiums and keepers, one row for each event (docs/histories.md)."""
