"""`scripts/bench api`: reading routes on a million events, beside what a user would write."""
