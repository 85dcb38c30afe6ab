"""Premiums: rate, floor and arrears, routing and the keeper's bounty."""
