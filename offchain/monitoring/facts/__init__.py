"""What the rules, metrics and the status page look at, read from the chain and the database."""
