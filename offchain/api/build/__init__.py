"""Building transactions for people who sign elsewhere: unsigned, simulated, and told in plain words."""
