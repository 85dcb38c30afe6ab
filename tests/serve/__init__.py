"""The server: roles, its folder, its local chain, its app."""
