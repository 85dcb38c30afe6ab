"""The chain as a node tells it over RPC: accounts and landed transactions, without index, API or figures."""
