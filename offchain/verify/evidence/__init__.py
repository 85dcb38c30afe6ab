"""Raw transactions and accounts, whatever chain they come from."""
