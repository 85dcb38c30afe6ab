"""The stored projections against the accounts on the chain, while both go on (docs/projections.md)."""
