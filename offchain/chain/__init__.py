"""The client library: addresses, instructions, transactions, accounts, events and errors of the five programs."""
