"""The pool's ledgers: capital, shares, premiums that vest, requests and payouts."""
