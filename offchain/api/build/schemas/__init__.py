"""What the transaction routes take and give."""
