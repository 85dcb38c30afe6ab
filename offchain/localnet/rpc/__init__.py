"""Solana's JSON-RPC methods, a file per group; `dispatch` puts them together."""
