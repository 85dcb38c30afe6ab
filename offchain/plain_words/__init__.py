"""What a transaction means in plain words: the command line and the API say the same."""
