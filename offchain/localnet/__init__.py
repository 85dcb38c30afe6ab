"""The local chain: LiteSVM in this process, as an object or behind Solana's JSON-RPC and WebSocket interface."""

from offchain.localnet.chain import LocalChain
from offchain.localnet.errors import LocalnetError, TransactionRefusedError
from offchain.localnet.records import TransactionRecord
from offchain.localnet.simulation import Simulation

__all__ = ["LocalChain", "LocalnetError", "Simulation", "TransactionRecord", "TransactionRefusedError"]
