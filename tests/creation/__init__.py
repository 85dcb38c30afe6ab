"""Terms, costs and steps of a new market."""
