"""Where a chain is: inside this process, or behind an RPC node."""

from offchain.chain.backends.base import AsyncChain, Chain, Outcome

__all__ = ["AsyncChain", "Chain", "Outcome"]
