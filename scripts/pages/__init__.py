"""Pages of docs/ that show what programs really print."""
