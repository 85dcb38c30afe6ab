"""The alert rules: pure functions of the facts. `all.py` lists them."""
