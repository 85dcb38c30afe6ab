"""The indexer's speed, beside what one would write without it."""
