"""What the topics show: for each a function that reads its items from the database."""
