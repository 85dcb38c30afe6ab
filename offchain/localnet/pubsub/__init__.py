"""Solana's WebSocket subscriptions."""
