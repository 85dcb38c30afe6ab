"""Claims recomputed on demand, from the chain alone."""
