"""A market from nothing: its terms and their bounds, what it costs, what is missing, and when it is live."""
