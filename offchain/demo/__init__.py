"""The demo: two insured markets on a real chain, played through recorded prices."""
