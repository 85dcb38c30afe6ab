"""The form in which a transaction is told before it is signed."""

Rows = list[tuple[str, str]]
"""Label and value, in the order in which to read them."""
